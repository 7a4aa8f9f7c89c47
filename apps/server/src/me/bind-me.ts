import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindEmailChange } from './change-email.ts'
import { bindMe } from './me.ts'
import { bindMyKeys } from './my-keys.ts'
import { bindMyPassword } from './my-password.ts'
import { bindMySessions } from './my-sessions.ts'
import { bindMyTokens } from './my-tokens.ts'
import { bindMyTotp } from './my-totp.ts'
import { bindEmailVerification } from './verify-email.ts'

/** Everything that people see and change of their own login. */
export function bindOwnLogin(bind: Bind, deps: AppDeps): void {
  bindMe(bind, deps)
  bindMySessions(bind, deps)
  bindMyPassword(bind, deps)
  bindMyTokens(bind, deps)
  bindMyTotp(bind, deps)
  bindMyKeys(bind, deps)
  bindEmailVerification(bind, deps)
  bindEmailChange(bind, deps)
}
