import { declineRequest, refuse, succeed, withdrawRequest, type AccessRequestId } from '@keyholder/core'
import { declineAccessRequest, withdrawAccessRequest } from '@keyholder/contract'
import { findAccessRequest, saveSettlement } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { changeAccess } from '../change/change-access.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { memberAsking, shown } from './request-access.ts'
import { settledMail } from './request-mails.ts'
import { answererOf, organizationIn, requestToAnswer } from './request-to-answer.ts'

/** Settles requests without giving anything: declined with a reason, or taken back. */
export function bindAccessRequestSettling(bind: Bind, deps: AppDeps): void {
  bind(declineAccessRequest, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await requestToAnswer(scene, account, call.params.access_request)
      if (!found.ok) return found
      const { request } = found.value
      const settling = { now: scene.at, text: call.body.reason }
      const declined = declineRequest(request, answererOf(call.caller), settling)
      if (!declined.ok) return declined
      return succeed({
        rows: (tx) => saveSettlement(tx, declined.value),
        events: [
          {
            action: 'access_request.decline',
            target: { type: 'access_request', id: request.id },
            organization: organizationIn(found.value),
            reason: call.body.reason,
          },
        ],
        mails: [await settledMail(scene, call.account, declined.value, undefined)],
        answer: async (tx) => answer(200, await shown(tx, request)),
      })
    })
  })

  bind(withdrawAccessRequest, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const id = call.params.access_request as AccessRequestId
      const found = await findAccessRequest(scene.tx, account, id)
      const isOwn = found && memberAsking(scene, account)?.user === found.request.user
      if (!isOwn) return refuse({ code: 'not_found' })
      const withdrawn = withdrawRequest(found.request, scene.at)
      if (!withdrawn.ok) return withdrawn
      return succeed({
        rows: (tx) => saveSettlement(tx, withdrawn.value),
        events: [
          {
            action: 'access_request.withdraw',
            target: { type: 'access_request', id },
            organization: organizationIn(found),
          },
        ],
        answer: async (tx) => answer(200, await shown(tx, found.request)),
      })
    })
  })
}
