import { setPassword } from '@keyholder/contract'
import { dropOneTimeTokens, holdCredentials, savePassword, transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { choosePassword, namesAround } from '../password/choose-password.ts'
import { forgiveGuesses } from '../session/attempt-limits.ts'
import { rotateOwn } from '../session/rotate-own.ts'
import { undoingWhereSessionIsGone } from '../session/session-gone.ts'
import { endOthers, recordDeed, sendNotice } from './own-credentials.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'passwords' | 'publicUrl'>

/** Sets one's own password, after everything was proven a moment ago. */
export function bindMyPassword(bind: Bind, deps: Deps): void {
  bind(setPassword, async (call) => {
    const { user, session } = call.caller
    const names = await transaction(deps.db, 'deployment', (tx) => namesAround(tx, session, deps.publicUrl), {
      readOnly: true,
    })
    const chosen = await choosePassword(deps.passwords, call.body.password, {
      homePolicy: session.homePolicy,
      names,
    })
    if (!chosen.ok) return chosen

    // Whoever waited for the hash may have been signed out meanwhile.
    return undoingWhereSessionIsGone(() =>
      transaction(deps.db, 'deployment', async (tx) => {
        await holdCredentials(tx, user)
        const headers = await rotateOwn(tx, call)
        await savePassword(tx, user, chosen.value)
        await dropOneTimeTokens(tx, user, 'password_reset')
        // Whoever knew the old password may have asked for it.
        await dropOneTimeTokens(tx, user, 'email_change')
        await forgiveGuesses(tx, 'password', session.email)
        await recordDeed(tx, deps, call, { action: 'me.set_password', target: { type: 'user', id: user } })
        await endOthers(tx, deps, call)
        await sendNotice(tx, deps, call, { template: 'password_changed' })
        return answer(204, undefined, { headers })
      }),
    )
  })
}
