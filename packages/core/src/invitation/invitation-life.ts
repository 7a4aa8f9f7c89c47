import { refuse, succeed, type Result } from '../result.ts'

const day = 86_400_000

/** How long an invitation is open where nobody says otherwise. */
export const defaultInvitationLife = 7 * day

export type LifeRefusal =
  | { readonly code: 'invitation_expires_in_past' }
  | { readonly code: 'invitation_open_too_long'; readonly latest: number }

/**
 * The moment at which an invitation sent now expires: as asked for, else in seven days, else at the account's
 * maximum where that is shorter.
 *
 * Refused when the moment asked for has come, or lies past the account's maximum (milliseconds).
 */
export function expiryOf(
  asked: number | undefined,
  maximumLife: number,
  now: number,
): Result<number, LifeRefusal> {
  const latest = now + maximumLife
  if (asked === undefined) return succeed(Math.min(now + defaultInvitationLife, latest))
  if (asked <= now) return refuse({ code: 'invitation_expires_in_past' })
  if (asked > latest) return refuse({ code: 'invitation_open_too_long', latest })
  return succeed(asked)
}
