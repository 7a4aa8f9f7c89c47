import { startSignIn } from '@keyholder/contract'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'

/** Tells how an address signs in, from its domain alone. */
export function bindSignInStart(bind: Bind): void {
  bind(startSignIn, async () => answer(200, { methods: ['password', 'passkey'], sso: null }))
}
