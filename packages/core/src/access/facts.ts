import type { Blueprint } from '../blueprint/blueprint.ts'
import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'

/** Everything that decides access in one account, as plain rows at one revision. */
export interface AccountFacts {
  readonly id: AccountId
  readonly status: 'active' | 'suspended'
  readonly revision: number
  readonly organizations: readonly OrganizationId[]
  readonly roles: readonly CustomRole[]
  readonly members: readonly Member[]
  readonly groups: readonly Group[]
  readonly grants: readonly Grant[]
  /** Those in which this account is the host. */
  readonly connections: readonly Connection[]
}

/** Several accounts under one blueprint: what the slow model reads, and what an index is built from. */
export interface Facts {
  readonly blueprint: Blueprint
  readonly accounts: ReadonlyMap<AccountId, AccountFacts>
}

/** May this person do that, here? */
export interface Question {
  readonly user: UserId
  /** A permission's key, never its `:own` form. */
  readonly permission: string
  readonly account: AccountId
  /** Left out for a permission of level `account`, or to ask for everywhere. */
  readonly organization?: OrganizationId | undefined
  /** The owner of the resource, where it has one. */
  readonly owner?: string | undefined
  /** The moment of the decision in milliseconds since 1970, database time. */
  readonly at: number
}
