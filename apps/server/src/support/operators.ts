import { addOperator, listOperators, removeOperator } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { eventActor } from '../change/event-actor.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { appointOperator, dismissOperator } from './appoint-operators.ts'

/** Who of the operator's staff may enter accounts, for the deployment's owner to say. */
export function bindOperators(bind: Bind, deps: AppDeps): void {
  const { db, cursorSecret } = deps

  bind(listOperators, async (call) => {
    const listing = { ...call, account: undefined }
    const request = pageRequest(cursorSecret, listing)
    if (!request.ok) return request
    const page = await storage.transaction(
      db,
      'deployment',
      (tx) => storage.listOperators(tx, request.value),
      { readOnly: true },
    )
    return answer(200, listBody(cursorSecret, listing, page, operatorForm))
  })

  bind(addOperator, async ({ caller, params, requestId }) => {
    const added = await appointOperator(deps, params.user, { actor: eventActor(caller), requestId })
    return added.ok ? answer(200, operatorForm(added.value)) : added
  })

  bind(removeOperator, async ({ caller, params, requestId }) => {
    const removed = await dismissOperator(deps, params.user, { actor: eventActor(caller), requestId })
    return removed.ok ? answer(204, undefined) : removed
  })
}

function operatorForm({ user, email, name, home, addedAt }: storage.Operator) {
  return { user, email, name: name ?? null, home, added_at: addedAt.toISOString() }
}
