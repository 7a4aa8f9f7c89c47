import { listMySupport, listSupport } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { asOf, supportForm } from './support-form.ts'

/** Lists support accesses: to the account, all of its own; to the staff, one's own. */
export function bindSupportReads(bind: Bind, { db, cursorSecret }: AppDeps): void {
  const read = (scope: storage.Scope, filter: storage.SupportFilter, request: storage.PageRequest) =>
    storage.transaction(
      db,
      scope,
      async (tx) => {
        const page = await storage.listSupportAccesses(tx, filter, request)
        const at = await storage.databaseTime(tx)
        return { ...page, rows: page.rows.map((row) => asOf(row, at)) }
      },
      { readOnly: true },
    )

  bind(listSupport, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const account = call.account.id
    const page = await read([account], { account, isOpen: isOpen(call.query.state) }, request.value)
    return answer(200, listBody(cursorSecret, call, page, supportForm))
  })

  bind(listMySupport, async (call) => {
    const { user } = call.caller
    const listing = { ...call, account: { id: user } }
    const request = pageRequest(cursorSecret, listing)
    if (!request.ok) return request
    const page = await read('deployment', { user, isOpen: isOpen(call.query.state) }, request.value)
    return answer(200, listBody(cursorSecret, listing, page, supportForm))
  })
}

function isOpen(state: 'open' | 'over' | undefined): boolean | undefined {
  return state === undefined ? undefined : state === 'open'
}
