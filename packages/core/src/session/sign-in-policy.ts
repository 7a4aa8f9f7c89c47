import type { Assurance } from '../connection/agreement.ts'
import { unfinishedFor, type FirstFactor, type Session } from './session.ts'

/** What an account asks of everybody who works in it. */
export interface SignInPolicy {
  /** `without_sso`: of those who do not come by single sign-on. */
  readonly mfa: 'everyone' | 'without_sso' | 'nobody'
  /** Milliseconds without use after which a session ends. */
  readonly idle: number
  /** Milliseconds after which everybody signs in again. */
  readonly login: number
  /** Home people come by single sign-on; superusers keep a door, with a password and a second factor. */
  readonly ssoRequired?: boolean | undefined
}

/** NIST SP 800-63B-4: an hour without use, a day in all. */
export const defaultSignInPolicy: SignInPolicy = { mfa: 'nobody', idle: 3_600_000, login: 86_400_000 }

/** What an account that is entered still asks for: a step up, and not a new sign-in. */
export type StepUp = 'reauthenticate' | 'second_factor' | 'set_up_mfa' | 'sso'

/** Whether the policy asks people who come in this way for a second factor. */
export function needsMfa({ mfa, ssoRequired }: SignInPolicy, first: FirstFactor): boolean {
  if (first !== 'sso' && ssoRequired) return true
  return mfa === 'everyone' || (mfa === 'without_sso' && first !== 'sso')
}

/** Why a session has ended by the policy of its person's home, if it has. */
export function sessionOver(
  session: Session,
  home: SignInPolicy,
  now: number,
): 'idle' | 'expired' | undefined {
  if (session.pending && now - session.signedInAt >= unfinishedFor) return 'expired'
  if (now - session.signedInAt >= home.login) return 'expired'
  return idleTime(session, now) >= home.idle ? 'idle' : undefined
}

/** What an account other than home still asks of a session before it lets it in, if anything. */
export function stepUpFor(
  session: Session,
  entered: { readonly policy: SignInPolicy; readonly assurance: Assurance; readonly holdsToken: boolean },
  now: number,
): StepUp | undefined {
  const { policy, assurance, holdsToken } = entered
  if (now - session.signedInAt >= policy.login || idleTime(session, now) >= policy.idle)
    return 'reauthenticate'
  if (assurance === 'sso' && session.firstFactor !== 'sso') return 'sso'
  const asksForMfa = assurance === 'mfa' || needsMfa({ ...policy, ssoRequired: false }, session.firstFactor)
  if (!asksForMfa || session.secondFactor !== undefined) return undefined
  return holdsToken ? 'second_factor' : 'set_up_mfa'
}

/** The longest time without use, up to now. */
function idleTime({ longestGap, lastUsedAt }: Session, now: number): number {
  return Math.max(longestGap, now - lastUsedAt)
}
