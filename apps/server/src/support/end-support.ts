import {
  endSupport as ended,
  refuse,
  succeed,
  type AccountId,
  type SupportAccessId,
  type SupportEnd,
  type UserId,
} from '@keyholder/core'
import { endSupport, leaveSupport } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess, type UseCase } from '../change/change-access.ts'
import { endingOfSupport } from '../change/ending-support.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'

/** Ends support accesses: by the account that was entered, and by whoever entered it. */
export function bindSupportEnding(bind: Bind, deps: AppDeps): void {
  bind(endSupport, (call) => {
    const account = call.account.id
    const id = call.params.support_access as SupportAccessId
    return changeAccess(deps, call, [account], ending(account, id, 'account'))
  })

  bind(leaveSupport, async (call) => {
    const id = call.params.support_access as SupportAccessId
    const account = await accountOf(deps.db, call.caller.user, id)
    if (!account) return refuse({ code: 'not_found' })
    const request = { ...call, account: undefined, organization: undefined }
    return changeAccess(deps, request, [account], ending(account, id, 'operator'))
  })
}

function ending(
  account: AccountId,
  id: SupportAccessId,
  by: Exclude<SupportEnd, 'expiry'>,
): UseCase<typeof endSupport | typeof leaveSupport> {
  return async ({ tx, at, newId }) => {
    const found = await storage.findSupportAccess(tx, account, id)
    if (!found) return refuse({ code: 'not_found' })
    const decided = ended(found.access, by, at)
    if (!decided.ok) return decided
    const access = { ...decided.value, ended: { at, by } }
    const { rows, events, mails } = await endingOfSupport(tx, newId, account, [{ ...found, access }])
    return succeed({ rows, events, mails, answer: async () => answer(204, undefined) })
  }
}

/** The account of an access, if it is this person's own. */
function accountOf(db: storage.Database, user: UserId, id: SupportAccessId): Promise<AccountId | undefined> {
  return storage.transaction(
    db,
    'deployment',
    async (tx) => {
      const row = await storage.supportAccessOf(tx, user, id)
      return row?.access.account
    },
    { readOnly: true },
  )
}
