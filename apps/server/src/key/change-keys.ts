import { judgeKeyScopes, refuse, setOfForms, succeed, type AccountId, type KeyId } from '@keyholder/core'
import { createApiKey, revokeApiKey, rotateApiKey } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { keyForm } from './key-form.ts'
import { newSecret } from './new-secret.ts'
import { scopeForms } from './scope-forms.ts'

/** Makes, rotates and revokes the API keys of an account. A key never has more than whoever makes or rotates it. */
export function bindKeyChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createApiKey, (call) => {
    const account = call.account.id
    const { name, scopes, ends_at } = call.body

    return changeAccess(deps, call, [account], async (scene) => {
      const endsAt = ends_at === undefined ? undefined : new Date(ends_at)
      if (endsAt && endsAt.getTime() <= scene.at) return refuse({ code: 'key_never_valid' })
      const forms = scopeForms(scene.directory.blueprint, scopes)
      if (!forms.ok) return refuse({ code: 'permission_unknown', forms: [forms.refusal.scope] })
      const bounded = await withinOwn(scene, account, { scopes: forms.value, endsAt })
      if (!bounded.ok) return bounded

      const id = scene.newId<KeyId>('key')
      const { secret, secretHash, hint } = newSecret()
      const key = { id, account, name, hint, scopes: forms.value, madeBy: makerOf(scene), endsAt }
      return succeed({
        rows: (tx) => storage.insertApiKey(tx, { ...key, secretHash }),
        events: [
          {
            action: 'api_key.create',
            target: { type: 'api_key', id },
            after: { name, scopes: [...key.scopes], ends_at: ends_at ?? null },
          },
        ],
        answer: async (tx) => answer(201, { ...keyForm(await written(tx, account, id)), secret }),
      })
    })
  })

  bind(rotateApiKey, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await valid(scene.tx, account, call.params.key)
      if (!found) return refuse({ code: 'not_found' })
      const bounded = await withinOwn(scene, account, found)
      if (!bounded.ok) return bounded

      const { secret, secretHash, hint } = newSecret()
      return succeed({
        rows: (tx) => storage.rotateApiKey(tx, account, found.id, { secretHash, hint }),
        events: [
          {
            action: 'api_key.rotate',
            target: { type: 'api_key', id: found.id },
            before: { hint: found.hint },
            after: { hint },
          },
        ],
        answer: async (tx) => answer(200, { ...keyForm(await written(tx, account, found.id)), secret }),
      })
    })
  })

  bind(revokeApiKey, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await valid(tx, account, call.params.key)
      if (!found) return refuse({ code: 'not_found' })
      return succeed({
        rows: async (tx) => {
          await storage.revokeApiKey(tx, account, found.id)
        },
        events: [
          {
            action: 'api_key.revoke',
            target: { type: 'api_key', id: found.id },
            before: { name: found.name },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

/** A key may do no more than whoever comes by its secret, and where that is a key itself, for no longer. */
async function withinOwn(
  { tx, directory, actor, at }: Scene,
  account: AccountId,
  { scopes, endsAt }: Pick<storage.ApiKey, 'scopes' | 'endsAt'>,
) {
  const own = actor.kind === 'key' ? await storage.findApiKey(tx, account, actor.key) : undefined
  if (own?.endsAt && !(endsAt && endsAt <= own.endsAt)) return refuse({ code: 'key_beyond_own_end' as const })

  const { blueprint } = directory
  const set = setOfForms(
    scopes.filter((form) => blueprint.bits.has(form)),
    blueprint,
  )
  return set.ok ? judgeKeyScopes(directory, { actor, account, at }, set.value) : set
}

/** Whose access bounds the key: the person who makes it, or the maker of the key that makes it. */
function makerOf({ actor }: Scene) {
  if (actor.kind === 'person') return actor.user
  return actor.kind === 'key' ? actor.madeBy : undefined
}

async function valid(tx: storage.Tx, account: AccountId, id: string): Promise<storage.ApiKey | undefined> {
  const key = await storage.findApiKey(tx, account, id as KeyId)
  return key?.revokedAt ? undefined : key
}

async function written(tx: storage.Tx, account: AccountId, id: KeyId): Promise<storage.ApiKey> {
  const key = await storage.findApiKey(tx, account, id)
  if (!key) throw new Error('a key that was just written is not there')
  return key
}
