import { refuse, succeed, type SessionId, type UserId } from '@keyholder/core'
import { endMemberSession, endMemberSessions, listMemberSessions } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { actorOf, type Caller } from '../http/caller.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { readAccount, type ReadDeps } from '../http/read-account.ts'
import { listedSessionForm } from '../session/session-form.ts'
import { personInHand } from './person-in-hand.ts'

type Deps = ReadDeps & ChangeDeps

/** Shows administrators where the account's own people are signed in, and lets them end that. */
export function bindMemberSessions(bind: Bind, deps: Deps): void {
  bind(listMemberSessions, async (call) => {
    const { caller, params } = call
    // A cursor of one person's list opens nobody else's.
    const listing = { ...call, query: { ...call.query, user: params.user } }
    const request = pageRequest(deps.cursorSecret, listing)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async ({ tx, index, view }) => {
      const judged = { directory: view.directory, index, at: view.at, actor: actorOf(caller) }
      const found = await personInHand(tx, judged, params.user)
      if (!found.ok) return found
      const page = await storage.listSessions(tx, found.value, request.value)
      return answer(200, listBody(deps.cursorSecret, listing, page, listedSessionForm(sessionOf(caller))))
    })
  })

  bind(endMemberSession, (call) =>
    changeAccess(deps, call, [call.account.id], async (scene) => {
      const found = await personInHand(
        scene.tx,
        { ...scene, index: scene.index(call.account.id) },
        call.params.user,
      )
      if (!found.ok) return found
      const session = call.params.session as SessionId
      const open = await storage.sessionsOf(scene.tx, found.value)
      if (!open.includes(session)) return refuse({ code: 'not_found' })
      return succeed({
        rows: async (tx) => void (await storage.endSession(tx, found.value, session)),
        events: [ended(found.value)(session)],
        answer: async () => answer(204, undefined),
      })
    }),
  )

  bind(endMemberSessions, (call) =>
    changeAccess(deps, call, [call.account.id], async (scene) => {
      const found = await personInHand(
        scene.tx,
        { ...scene, index: scene.index(call.account.id) },
        call.params.user,
      )
      if (!found.ok) return found
      // No session begins meanwhile: its event would need the account, which is held.
      const open = await storage.sessionsOf(scene.tx, found.value)
      return succeed({
        rows: async (tx) => void (await storage.endSessionsOf(tx, found.value)),
        events: open.map(ended(found.value)),
        answer: async () => answer(200, { ended: open.length }),
      })
    }),
  )
}

function sessionOf(caller: Caller): SessionId | undefined {
  return caller.kind === 'person' ? caller.session?.id : undefined
}

function ended(user: UserId) {
  return (id: SessionId) => ({
    action: 'session.end',
    target: { type: 'session', id },
    before: { user },
  })
}
