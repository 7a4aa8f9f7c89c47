import type { AccountId, SupportAccessId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'

/** Only to look, or to change what is neither access nor security. */
export type SupportScope = 'read' | 'change'

/** Who ended it; `expiry` where its time was over. */
export type SupportEnd = 'operator' | 'account' | 'expiry'

/** The time for which somebody of the operator's staff is in an account. Milliseconds since 1970, database time. */
export interface SupportAccess {
  readonly id: SupportAccessId
  readonly account: AccountId
  /** The person of the staff, who signs in as themself. */
  readonly user: UserId
  readonly scope: SupportScope
  readonly reason: string
  readonly startedAt: number
  readonly endsAt: number
  readonly ended?: { readonly at: number; readonly by: SupportEnd } | undefined
}

/** The longest that one access lasts, in minutes. */
export const longestSupport = 480

const minute = 60_000

export type BeginSupportRefusal =
  | { readonly code: 'support_disabled' }
  /** Whoever is at home there has what their roles give them, and no other way to more. */
  | { readonly code: 'support_at_home' }

/**
 * Lets somebody of the operator's staff into an account for a time.
 *
 * Refused where the account has turned support access off, and for whoever is at home in it. Whether somebody is
 * staff, and has proven a second factor, is asked before.
 */
export function beginSupport(
  wanted: Pick<SupportAccess, 'id' | 'account' | 'user' | 'scope' | 'reason'> & { readonly minutes: number },
  context: { readonly home: AccountId; readonly isEnabled: boolean; readonly now: number },
): Result<SupportAccess, BeginSupportRefusal> {
  const { minutes, ...access } = wanted
  const { home, isEnabled, now } = context
  if (home === access.account) return refuse({ code: 'support_at_home' })
  if (!isEnabled) return refuse({ code: 'support_disabled' })
  const endsAt = now + Math.min(minutes, longestSupport) * minute
  return succeed({ ...access, startedAt: now, endsAt })
}

/** Whether an access lets anybody in at this moment: its last moment has not come, and nobody has ended it. */
export function isSupportOpen({ ended, endsAt }: SupportAccess, at: number): boolean {
  return ended === undefined && at < endsAt
}

/** Ends an access that is open, by whoever may. */
export function endSupport(
  access: SupportAccess,
  by: Exclude<SupportEnd, 'expiry'>,
  now: number,
): Result<SupportAccess, { readonly code: 'support_access_over' }> {
  if (!isSupportOpen(access, now)) return refuse({ code: 'support_access_over' })
  return succeed({ ...access, ended: { at: now, by } })
}

/** Notes that the time of an access is over, as it was from its end on; undefined while it is not, or once it is noted. */
export function expireSupport(access: SupportAccess, now: number): SupportAccess | undefined {
  if (access.ended || now < access.endsAt) return undefined
  return { ...access, ended: { at: access.endsAt, by: 'expiry' } }
}
