import {
  judgeChanges,
  openingChanges,
  proposeConnection as decided,
  refuse,
  succeed,
  type AccountId,
  type Agreement,
  type AccessChange,
  type ConnectionId,
  type ConnectionTerms,
  type GrantId,
  type RoleId,
} from '@keyholder/core'
import { proposeConnection } from '@keyholder/contract'
import type { ChangeDeps } from '../change/change-deps.ts'
import * as storage from '@keyholder/storage'
import { authorOf } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import { roleNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { moment } from './connection-form.ts'
import { planOf } from './change-connection.ts'
import { openingsNamed, rolesOf, termsNamed } from './terms-named.ts'

const nothingYet: ConnectionTerms = { maximum: '' as RoleId, assurance: 'none' }

/** Offers other accounts to come in. */
export function bindConnectionProposal(bind: Bind, deps: ChangeDeps): void {
  bind(proposeConnection, async (call) => {
    const host = call.account.id
    const guest = await accountWithSlug(deps.db, call.body.guest)
    if (!guest) return refuse({ code: 'reference_unknown', pointer: '/guest' })
    const accounts = guest === host ? [host] : [host, guest]

    return changeAccess(deps, call, accounts, async (scene) => {
      const index = scene.index(host)
      const terms = termsNamed(call.body, nothingYet, (name, pointer) => roleNamed(index, name, pointer))
      if (!terms.ok) return terms
      const openings = await openingsNamed(scene, index, call.body)
      if (!openings.ok) return openings

      const { purpose, message } = call.body
      const proposal = decided(
        { host, guest, terms: terms.value, ...openings.value, purpose, message },
        {
          id: scene.newId<ConnectionId>('connection'),
          by: authorOf(call.caller),
          existing: await storage.findStandingConnection(scene.tx, host, guest),
          role: rolesOf(index),
          now: scene.at,
        },
      )
      if (!proposal.ok) return refuse(inWords(proposal.refusal))
      const judged = judgeOpenings(scene, proposal.value)
      if (!judged.ok) return judged
      return succeed(
        planOf(
          deps,
          scene,
          { side: 'host', decided: { ...proposal.value, action: 'connection.propose', tells: 'guest' } },
          (form, _, version) => answer(201, form, { version }),
        ),
      )
    })
  })
}

function accountWithSlug(db: storage.Database, slug: string): Promise<AccountId | undefined> {
  return storage.transaction(db, 'deployment', async (tx) => (await storage.findAccount(tx, slug))?.id, {
    readOnly: true,
  })
}

/** Whether the caller may open what is on offer: by the changes that the acceptance would make. */
export function judgeOpenings(
  { directory, actor, at }: Scene,
  { agreement, changes }: { readonly agreement: Agreement; readonly changes: readonly AccessChange[] },
) {
  const account = agreement.connection.host
  const opened = openingChanges(agreement, offeredIds(agreement))
  return judgeChanges(directory, { actor, account, changes: [...changes, ...opened], at })
}

function offeredIds({ offer }: Agreement): readonly GrantId[] {
  return (offer?.openings ?? []).map((_, place) => `grt_offered_${place}` as GrantId)
}

/** Moments as the API writes them. */
export function inWords<R extends { readonly code: string }>(refusal: R) {
  const { latest } = refusal as { readonly latest?: number | undefined }
  return latest === undefined ? refusal : { ...refusal, latest: moment(latest) }
}
