import { normaliseEmail, refuse, succeed } from '@keyholder/core'
import { certifyProvider, createAccount, setAccountStatus, updateAccount } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { endingOfSupport, supportEndedBy } from '../change/ending-support.ts'
import { eventActor } from '../change/event-actor.ts'
import { foundAccount } from '../change/found-account.ts'
import { earlierAnswer, keepAnswer } from '../change/idempotency.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { finish } from '../http/send-reply.ts'
import { accountForm, settingsOf } from './account-form.ts'
import { permissionsFor } from './permissions-for.ts'

/** Makes accounts, and changes their names, settings and status. */
export function bindAccountChanges(bind: Bind, deps: AppDeps): void {
  bind(createAccount, async (call) => {
    const { slug, name, certified_provider: certifiedProvider, superuser } = call.body
    const email = normaliseEmail(superuser.email)
    if (!email.ok) return refuse({ code: 'email_malformed' })

    return storage.transaction(deps.db, 'deployment', async (tx) => {
      const request = { ...call, account: undefined, organization: undefined }
      const earlier = await earlierAnswer(tx, request)
      if (earlier) return earlier

      const founding = { slug, name, certifiedProvider, superuser: { ...superuser, email: email.value } }
      const by = { actor: eventActor(call.caller), requestId: call.requestId }
      const founded = await foundAccount(tx, deps, founding, by)
      if (!founded.ok) return founded

      const account = await written(tx, founded.value.account)
      const body = { ...accountForm(account), superuser: founded.value.user }
      const reply = finish(deps, call.endpoint, answer(201, body, { version: account.version }))
      await keepAnswer(tx, request, reply)
      return reply
    })
  })

  bind(updateAccount, (call) => {
    const id = call.account.id
    const { name, settings } = call.body

    return changeAccess(deps, call, [id], async ({ tx, at, newId, reach }) => {
      const found = await written(tx, id)
      const stale = outdated(call, found.version)
      if (stale) return stale
      const missing = permissionsFor(settings).find((permission) => !reach(id).may(permission))
      if (missing) return refuse({ code: 'not_permitted', permission: missing })

      const before = { name: found.name, settings: settingsOf(found) }
      const after = { name: name ?? found.name, settings: { ...before.settings, ...settings } }
      const isTightened = before.settings.sso === 'optional' && after.settings.sso === 'required'
      if (isTightened && !(await storage.activeSsoConnection(tx, id)))
        return refuse({ code: 'sso_not_set_up' })
      const isClosed = before.settings.support_access && !after.settings.support_access
      const ending = await endingOfSupport(tx, newId, id, isClosed ? await supportEndedBy(tx, id, at) : [])
      return succeed({
        rows: async (later) => {
          await storage.updateAccount(later, id, after)
          if (isTightened) await storage.endSessionsBesideSso(later, id)
          await ending.rows(later)
        },
        events: [
          {
            action: 'account.update',
            target: { type: 'account', id },
            before: { ...before, settings: { ...before.settings } },
            after: { ...after, settings: { ...after.settings } },
          },
          ...ending.events,
        ],
        mails: ending.mails,
        answer: async (tx) => shown(await written(tx, id)),
      })
    })
  })

  bind(setAccountStatus, (call) => {
    const id = call.account.id
    const { status, reason } = call.body

    return changeAccess(deps, call, [id], async ({ index }) => {
      const before = index(id).status
      const isSame = before === status
      return succeed({
        access: [{ account: id, changes: isSame ? [] : [{ kind: 'account_set', status }] }],
        events: isSame
          ? []
          : [
              {
                action: status === 'suspended' ? 'account.suspend' : 'account.activate',
                target: { type: 'account', id },
                before: { status: before },
                after: { status },
                reason,
              },
            ],
        answer: async (tx) => shown(await written(tx, id)),
      })
    })
  })

  bind(certifyProvider, (call) => {
    const id = call.account.id
    const { certified_provider: certifiedProvider } = call.body

    return changeAccess(deps, call, [id], async ({ tx }) => {
      const found = await written(tx, id)
      return succeed({
        rows: (tx) => storage.updateAccount(tx, id, { certifiedProvider }),
        events: [
          {
            action: 'account.certify',
            target: { type: 'account', id },
            before: { certified_provider: found.certifiedProvider },
            after: { certified_provider: certifiedProvider },
          },
        ],
        answer: async (tx) => shown(await written(tx, id)),
      })
    })
  })
}

async function written(tx: storage.Tx, id: storage.Account['id']): Promise<storage.Account> {
  const account = await storage.readAccount(tx, id)
  if (!account) throw new Error('an account that is locked is not there')
  return account
}

function shown(account: storage.Account) {
  return answer(200, accountForm(account), { version: account.version })
}
