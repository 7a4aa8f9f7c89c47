import { normaliseEmail, type AccountId, type UserId } from '@keyholder/core'
import type { WhoIsNamed } from './findings.ts'

/** Somebody whom a name may mean in an account. */
export interface Candidate {
  readonly user: UserId
  readonly home: AccountId
  readonly email: string
  readonly externalId: string | null
}

/** The names under which a name is looked for: itself, as an external id, and as an e-mail in its normal form. */
export function formsOf(name: string): readonly string[] {
  const email = emailIn(name)
  return email === undefined || email === name ? [name] : [name, email]
}

/**
 * Whom a name means in an account.
 *
 * The account's own people come first, then its external members, then the people of its guests, so that nobody from
 * outside can take a name over that means somebody inside. E-mails are unique; external ids are so only within a home,
 * and where two others share one, it means neither.
 */
export function whoIsNamed(
  name: string,
  account: AccountId,
  guests: ReadonlySet<AccountId>,
  candidates: readonly Candidate[],
): WhoIsNamed {
  const email = emailIn(name)
  const circles: readonly ((candidate: Candidate) => boolean)[] = [
    ({ home }) => home === account,
    ({ home }) => home !== account && !guests.has(home),
    ({ home }) => home !== account && guests.has(home),
  ]
  for (const isWithin of circles) {
    const circle = candidates.filter(isWithin)
    const addressed = circle.find((candidate) => candidate.email === email)
    if (addressed) return addressed
    const [first, second] = circle.filter(({ externalId }) => externalId === name)
    if (first) return second ? 'several' : first
  }
  return 'nobody'
}

function emailIn(name: string): string | undefined {
  if (!name.includes('@')) return undefined
  const email = normaliseEmail(name)
  return email.ok ? email.value : undefined
}
