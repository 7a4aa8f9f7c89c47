import type { AccountId, Blueprint, OrganizationId, PermissionSet, UserId } from '@keyholder/core'

/** Who holds what in some accounts, at one moment of database time; everything in it is in memory. */
export interface View {
  readonly at: number
  readonly blueprint: Blueprint
  organizations(account: AccountId): readonly OrganizationId[]
  /** Whether the user is an active member of the account or comes in through a connection. */
  knows(account: AccountId, user: UserId): boolean
  /** In an organization; without one, over the whole account. */
  effective(user: UserId, account: AccountId, organization?: OrganizationId): PermissionSet
}

/** Where views come from; it fails rather than answer from what may be outdated. */
export interface Views {
  of(accounts: readonly AccountId[]): Promise<View>
}
