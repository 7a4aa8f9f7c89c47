import type { AccountIndex } from '../access/account-index.ts'
import type { UserId } from '../id.ts'
import { seatOf, type Seat, type SeatFacts } from './seats.ts'
import { noMember } from '../access/rows/member-code.ts'

/** What somebody's seat was and is; left out where they are no member. */
export interface SeatChange {
  readonly user: UserId
  readonly before?: Seat | undefined
  readonly after?: Seat | undefined
}

export interface SeatComparison {
  /** How many more seats are billed, or how many fewer. */
  readonly billed: number
  /** Those whose seat changes, in the order of users. */
  readonly changed: readonly SeatChange[]
}

/** What the seat rule has to know, from an account's index. */
export function seatFactsOf(index: AccountIndex): SeatFacts {
  return {
    members: membersOf(index),
    grantsReaching: (user) => {
      const subject = { kind: 'user', id: user } as const
      const groups = index.groupsOf(subject)
      return [...index.grantsTo(subject), ...groups.flatMap((id) => index.grantsTo({ kind: 'group', id }))]
    },
    isBound: (id) => {
      const role = index.role(id)
      return role !== undefined && 'organizations' in role && role.organizations !== undefined
    },
  }
}

/** Which seats are another after a change; looks only at those whose access it may have altered, where they are given. */
export function compareSeats(
  before: AccountIndex,
  after: AccountIndex,
  at: number,
  affected: ReadonlySet<UserId> | 'everybody' = 'everybody',
): SeatComparison {
  const changed = [...comparingSeats(before, after, at, affected)].filter((change) => change !== undefined)
  return { billed: changed.reduce((sum, change) => sum + billedMore(change), 0), changed }
}

/** `compareSeats` person by person, so that others can have a turn in between; nothing for whom nothing changes. */
export function* comparingSeats(
  before: AccountIndex,
  after: AccountIndex,
  at: number,
  affected: ReadonlySet<UserId> | 'everybody',
): Generator<SeatChange | undefined> {
  const [factsBefore, factsAfter] = [seatFactsOf(before), seatFactsOf(after)]
  for (const user of affected === 'everybody' ? usersOf(before, after) : [...affected].toSorted()) {
    const was = seatIn(before, factsBefore, user, at)
    const is = seatIn(after, factsAfter, user, at)
    const isSame = was?.reason === is?.reason
    yield isSame ? undefined : { user, ...(was && { before: was }), ...(is && { after: is }) }
  }
}

/** How many more seats are billed by a change, or how many fewer. */
export function billedMore({ before, after }: SeatChange): number {
  return Number(after?.billed ?? false) - Number(before?.billed ?? false)
}

function seatIn(index: AccountIndex, facts: SeatFacts, user: UserId, at: number): Seat | undefined {
  const member = index.member(user)
  return member && seatOf(member, facts, at)
}

function usersOf(before: AccountIndex, after: AccountIndex): readonly UserId[] {
  const users = [before, after].flatMap((index) => Array.from(membersOf(index), ({ user }) => user))
  return [...new Set(users)].toSorted()
}

function* membersOf(index: AccountIndex) {
  const { members, names } = index.rows
  for (let number = 0; number < members.length; number++) {
    const member = members[number] === noMember ? undefined : index.member(names.users.id(number))
    if (member) yield member
  }
}
