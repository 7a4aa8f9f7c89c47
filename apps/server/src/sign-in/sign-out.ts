import { getSession, signOut } from '@keyholder/contract'
import { transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { noSessionCookie } from '../session/cookies.ts'
import { endOne } from '../session/end-session.ts'
import { sessionForm } from '../session/session-form.ts'

/** Shows the session that asks, and ends it. */
export function bindCurrentSession(bind: Bind, deps: Pick<AppDeps, 'db' | 'newId'>): void {
  bind(getSession, ({ caller }) =>
    transaction(deps.db, 'deployment', async (tx) => answer(200, await sessionForm(tx, caller.session)), {
      readOnly: true,
    }),
  )

  bind(signOut, ({ caller, requestId }) =>
    transaction(deps.db, 'deployment', async (tx) => {
      await endOne(tx, deps, { caller, requestId, user: caller.user, home: caller.home }, caller.session.id)
      return answer(204, undefined, { headers: { 'set-cookie': noSessionCookie() } })
    }),
  )
}
