import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import { difference, equals, isEmpty, type PermissionSet } from '../role/permission-set.ts'
import type { AccountIndex } from './account-index.ts'
import type { Transition } from './affected-by.ts'
import { candidatesOf } from './candidates.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import { Moment } from './moment.ts'
import { routesTo } from './routes.ts'
import { none } from './rows/number-column.ts'

/** What somebody gains and loses in one place, as held forms; without an organization, over the whole account. */
export interface PlaceDifference {
  readonly organization?: OrganizationId | undefined
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

/**
 * What changes for somebody in one account.
 *
 * What stands for the whole account is true of every organization that is not named itself. One that is named says all
 * about itself, be it that nothing changes there.
 */
export interface PersonDifference {
  readonly user: UserId
  readonly account: AccountId
  readonly places: readonly PlaceDifference[]
}

export interface Comparison extends Transition {
  /** The moment, in milliseconds since 1970, database time. */
  readonly at: number
  /** Whom to look at (`affectedBy`); left out for everybody who could have any access. */
  readonly affected?: ReadonlySet<UserId> | 'everybody' | undefined
  /** Other accounts that this one's people can enter: what changes at home changes what they bring there. */
  readonly elsewhere?: readonly AccountId[] | undefined
}

/**
 * Who gains and who loses what, and where, between two states; in the order of accounts, this one first, then of users.
 *
 * Somebody for whom nothing changes is not in the result.
 */
export function compareAccess(comparison: Comparison): readonly PersonDifference[] {
  return [...comparing(comparison)].filter((difference) => difference !== undefined)
}

/** `compareAccess` person by person, so that others can have a turn in between; nothing for whom nothing changes. */
export function* comparing(comparison: Comparison): Generator<PersonDifference | undefined> {
  const { account, elsewhere = [] } = comparison
  const others = [...new Set(elsewhere)].filter((id) => id !== account).toSorted(compare)
  const people = peopleOf(comparison)
  const forms = formsOf(comparison.before)
  for (const place of [account, ...others]) {
    for (const user of people) yield differenceFor(comparison, place, user, forms)
  }
}

/** The same people are looked at elsewhere: what changes here changes nothing there for anybody else. */
function peopleOf({ before, after, account, affected }: Comparison): readonly UserId[] {
  if (affected !== undefined && affected !== 'everybody') return [...affected].toSorted(compare)

  const candidates = [before, after].flatMap((directory) => {
    const index = directory.account(account)
    return index ? candidatesOf(directory, index) : []
  })
  return [...new Set(candidates)].toSorted(compare)
}

function differenceFor(
  { before, after, at }: Comparison,
  account: AccountId,
  user: UserId,
  forms: Forms,
): PersonDifference | undefined {
  const changeAt = (organization: OrganizationId | undefined): Change => {
    const then = effective(before, user, account, organization, at)
    const now = effective(after, user, account, organization, at)
    return { gained: difference(now, then), lost: difference(then, now) }
  }
  const everywhere = changeAt(undefined)
  const named = [...namedFor(before, account, user, at), ...namedFor(after, account, user, at)]
  const organizations = [...new Set(named)]
    .toSorted(compare)
    .map((organization) => ({ organization, ...changeAt(organization) }))
    .filter((change) => !isSame(change, everywhere))

  const places = isNothing(everywhere) ? organizations : [everywhere, ...organizations]
  if (places.length === 0) return undefined
  return {
    user,
    account,
    places: places.map(({ organization, gained, lost }) => ({
      ...(organization !== undefined && { organization }),
      gained: forms(gained),
      lost: forms(lost),
    })),
  }
}

interface Change {
  readonly organization?: OrganizationId
  readonly gained: PermissionSet
  readonly lost: PermissionSet
}

/** The organizations over which some grant reaches the user; anywhere else it is as everywhere in the account. */
function namedFor(
  directory: Directory,
  account: AccountId,
  user: UserId,
  at: number,
): readonly OrganizationId[] {
  const index = directory.account(account)
  return index ? [...organizationsReached(directory, index, user, at)] : []
}

function organizationsReached(
  directory: Directory,
  { rows }: AccountIndex,
  user: UserId,
  at: number,
): ReadonlySet<OrganizationId> {
  const organizations = new Set<OrganizationId>()
  for (const { kind, subject } of routesTo(directory, rows, user, new Moment(at))) {
    rows.grantsTo[kind].each(subject, (position) => {
      const organization = rows.grants.organization(position)
      if (organization !== none) organizations.add(rows.names.organizations.id(organization))
    })
  }
  return organizations
}

function isSame(a: Change, b: Change): boolean {
  return equals(a.gained, b.gained) && equals(a.lost, b.lost)
}

function isNothing({ gained, lost }: Change): boolean {
  return isEmpty(gained) && isEmpty(lost)
}

type Forms = (set: PermissionSet) => readonly string[]

/** The held forms of a set. Thousands of people mostly gain and lose the same few sets, so each is spelt out once. */
function formsOf({ blueprint }: Directory): Forms {
  const known = new Map<string, readonly string[]>()
  return (set) => {
    const key = set.join()
    const forms = known.get(key) ?? heldForms(set, blueprint)
    known.set(key, forms)
    return forms
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
