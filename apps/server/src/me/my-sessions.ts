import { refuse, type SessionId } from '@keyholder/core'
import { endMyOtherSessions, endMySession, listMySessions } from '@keyholder/contract'
import { listSessions, transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { noSessionCookie } from '../session/cookies.ts'
import { endAll, endOne } from '../session/end-session.ts'
import { listedSessionForm } from '../session/session-form.ts'

/** One's own sessions: where one is signed in, and how to end that. */
export function bindMySessions(bind: Bind, deps: Pick<AppDeps, 'db' | 'newId' | 'cursorSecret'>): void {
  bind(listMySessions, async (call) => {
    const { user, session } = call.caller
    const listing = { ...call, account: { id: user } }
    const request = pageRequest(deps.cursorSecret, listing)
    if (!request.ok) return request
    const page = await transaction(deps.db, 'deployment', (tx) => listSessions(tx, user, request.value), {
      readOnly: true,
    })
    const form = listedSessionForm(session.id)
    return answer(200, listBody(deps.cursorSecret, listing, page, form))
  })

  bind(endMySession, ({ caller, params, requestId }) =>
    transaction(deps.db, 'deployment', async (tx) => {
      const { user, home, session } = caller
      const wanted = params.session as SessionId
      const isEnded = await endOne(tx, deps, { caller, requestId, user, home }, wanted)
      if (!isEnded) return refuse({ code: 'not_found' })
      const headers = wanted === session.id ? { 'set-cookie': noSessionCookie() } : {}
      return answer(204, undefined, { headers })
    }),
  )

  bind(endMyOtherSessions, ({ caller, requestId }) =>
    transaction(deps.db, 'deployment', async (tx) => {
      const { user, home, session } = caller
      const ended = await endAll(tx, deps, { caller, requestId, user, home }, session.id)
      return answer(200, { ended })
    }),
  )
}
