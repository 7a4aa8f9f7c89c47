import type { AccessChange, AccountId, OrganizationId, UserId } from '@keyholder/core'

/** Whom a name was found to mean, and at which state of the names of their home account. */
export interface NamedUser {
  readonly user: UserId
  readonly home: AccountId
  readonly homeState: number
}

const namesKept = 100_000
let states = 0

/** A moment in the history of all names here: names whose `state` is not beyond it have not moved since. */
export function namesAsOfNow(): number {
  return states
}

/**
 * The names that were looked up in one account, until something happens that could make them mean somebody else.
 *
 * Only what was found is kept: a name that meant nobody is looked up again each time, so that whoever comes is seen at
 * once.
 */
export class LookedUpNames {
  readonly #users = new Map<string, NamedUser>()
  readonly #organizations = new Map<string, OrganizationId>()
  /** A higher number at each move of the names, over all accounts. */
  state = ++states

  user(name: string): NamedUser | undefined {
    return this.#users.get(name)
  }

  organization(name: string): OrganizationId | undefined {
    return this.#organizations.get(name)
  }

  keepUser(name: string, named: NamedUser): void {
    if (this.#users.size >= namesKept) this.#users.clear()
    this.#users.set(name, named)
  }

  keepOrganization(name: string, id: OrganizationId): void {
    if (this.#organizations.size >= namesKept) this.#organizations.clear()
    this.#organizations.set(name, id)
  }

  /** Forgets what these changes could have given another meaning. A revision without a change is one of names. */
  moved(changes: readonly AccessChange[]): void {
    if (changes.length === 0 || changes.some(({ kind }) => canRename.has(kind))) this.clear()
  }

  clear(): void {
    this.#users.clear()
    this.#organizations.clear()
    this.state = ++states
  }
}

const canRename: ReadonlySet<AccessChange['kind']> = new Set([
  'member_set',
  'member_removed',
  'organization_set',
  'organization_removed',
  'connection_set',
])
