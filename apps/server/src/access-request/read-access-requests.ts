import { refuse, succeed, type AccessRequestId } from '@keyholder/core'
import { getAccessRequest, listAccessRequests, listMyAccessRequests } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { memberNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { readAccount } from '../http/read-account.ts'
import { accessRequestForm, statesWanted } from './access-request-form.ts'
import { mayAnswer } from './request-to-answer.ts'

/** Lists requests for whoever may answer them, and for whoever made them. */
export function bindAccessRequestReads(bind: Bind, deps: AppDeps): void {
  const { cursorSecret } = deps

  bind(listAccessRequests, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async ({ tx, index }) => {
      const { user: name, state } = call.query
      const user = name === undefined ? succeed(undefined) : await memberNamed(tx, index, name, '/user')
      if (!user.ok) return user
      const where = call.reach.where('grant.create')
      const filter = {
        account: call.account.id,
        user: user.value,
        states: statesWanted(state),
        among: where === 'everywhere' ? undefined : where,
      }
      const page = await storage.listAccessRequests(tx, filter, request.value)
      return answer(200, listBody(cursorSecret, call, page, accessRequestForm))
    })
  })

  bind(getAccessRequest, (call) =>
    storage.transaction(
      deps.db,
      [call.account.id],
      async (tx) => {
        const id = call.params.access_request as AccessRequestId
        const found = await storage.findAccessRequest(tx, call.account.id, id)
        const isOwn = call.caller.kind === 'person' && found?.request.user === call.caller.user
        const isShown = found && (isOwn || mayAnswer(call.reach, found))
        return isShown ? answer(200, accessRequestForm(found)) : refuse({ code: 'not_found' })
      },
      { readOnly: true },
    ),
  )

  bind(listMyAccessRequests, async (call) => {
    const { user } = call.caller
    const listing = { ...call, account: { id: user } }
    const request = pageRequest(cursorSecret, listing)
    if (!request.ok) return request
    const filter = { user, states: statesWanted(call.query.state) }
    const page = await storage.transaction(
      deps.db,
      'deployment',
      (tx) => storage.listAccessRequests(tx, filter, request.value),
      { readOnly: true },
    )
    return answer(200, listBody(cursorSecret, listing, page, accessRequestForm))
  })
}
