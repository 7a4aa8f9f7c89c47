import { isCurrent, type Grant } from '../grant/grant.ts'
import type { RoleId, UserId } from '../id.ts'
import type { Member } from '../user/member.ts'

/** Why somebody takes a seat, or takes none. */
export type SeatReason =
  /** Has a role over the whole account. */
  | 'member'
  /** Has no role over the whole account. */
  | 'restricted'
  /** Has only roles that are bound to some organizations. */
  | 'single_customer'
  /** Has their home elsewhere: counted by itself, and paid for there. */
  | 'external'
  /** Takes no seat while suspended. */
  | 'suspended'

export interface Seat {
  readonly user: UserId
  readonly reason: SeatReason
  readonly billed: boolean
}

/** What the seat rule has to know of an account. */
export interface SeatFacts {
  readonly members: Iterable<Member>
  /** Every grant that reaches a user, by themself or through a group. */
  readonly grantsReaching: (user: UserId) => Iterable<Grant>
  readonly isBound: (role: RoleId) => boolean
}

/**
 * The seat that a member takes.
 *
 * Everybody at home is billed alike, restricted and single-customer users included; external users are a kind of
 * their own and not billed; people who come through a connection are no members and take none.
 */
export function seatOf(member: Member, facts: Omit<SeatFacts, 'members'>, at: number): Seat {
  const reason = reasonOf(member, facts, at)
  return { user: member.user, reason, billed: reason !== 'external' && reason !== 'suspended' }
}

/** Every member's seat, in the order of the members. */
export function seats(facts: SeatFacts, at: number): readonly Seat[] {
  return Array.from(facts.members, (member) => seatOf(member, facts, at))
}

export interface SeatCount {
  readonly billed: number
  readonly byReason: Readonly<Record<SeatReason, number>>
}

/** How many seats of each kind. */
export function countSeats(all: Iterable<Seat>): SeatCount {
  const byReason = { member: 0, restricted: 0, single_customer: 0, external: 0, suspended: 0 }
  let billed = 0
  for (const seat of all) {
    byReason[seat.reason] += 1
    if (seat.billed) billed += 1
  }
  return { billed, byReason }
}

function reasonOf(member: Member, facts: Omit<SeatFacts, 'members'>, at: number): SeatReason {
  if (member.status === 'suspended') return 'suspended'
  if (member.kind === 'external') return 'external'

  const grants = Array.from(facts.grantsReaching(member.user)).filter((grant) => isCurrent(grant, at))
  if (grants.some(({ organization }) => organization === undefined)) return 'member'
  const isSingleCustomer =
    grants.length > 0 && grants.every(({ role }) => role !== undefined && facts.isBound(role))
  return isSingleCustomer ? 'single_customer' : 'restricted'
}
