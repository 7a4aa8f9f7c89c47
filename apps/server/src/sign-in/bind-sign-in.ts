import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindPasswordProof } from './prove-password.ts'
import { bindTypedFactors } from './prove-second-factor.ts'
import { bindKeyProofs } from './prove-with-key.ts'
import { bindPasswordReset } from './reset-password.ts'
import { bindPasskeySignIn } from './sign-in-with-passkey.ts'
import { bindPasswordSignIn } from './sign-in-with-password.ts'
import { bindCurrentSession } from './sign-out.ts'

/** Everything by which people come in, and leave. */
export function bindSignIn(bind: Bind, deps: AppDeps): void {
  bindPasswordSignIn(bind, deps)
  bindPasswordProof(bind, deps)
  bindPasskeySignIn(bind, deps)
  bindKeyProofs(bind, deps)
  bindTypedFactors(bind, deps)
  bindPasswordReset(bind, deps)
  bindCurrentSession(bind, deps)
}
