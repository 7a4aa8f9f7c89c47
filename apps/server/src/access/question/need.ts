import type { AccountId, OrganizationId, UserId } from '@keyholder/core'

/** Something that has to be fetched before a question can be answered. */
export type Need =
  /** The account in memory, as far as it is known to have gone, and at this revision at least. */
  | { readonly kind: 'account'; readonly account: AccountId; readonly atLeast: number }
  | { readonly kind: 'account_named'; readonly slug: string }
  | { readonly kind: 'account_of_organization'; readonly organization: OrganizationId }
  | { readonly kind: 'organization_named'; readonly account: AccountId; readonly key: string }
  | { readonly kind: 'user_named'; readonly account: AccountId; readonly name: string }
  | { readonly kind: 'home_of_user'; readonly user: UserId }

export function needKey(need: Need): string {
  switch (need.kind) {
    case 'account':
      return `account ${need.account}`
    case 'account_named':
      return `slug ${need.slug}`
    case 'account_of_organization':
      return `organization ${need.organization}`
    case 'organization_named':
      return `key ${need.account} ${need.key}`
    case 'user_named':
      return `user ${need.account} ${need.name}`
    case 'home_of_user':
      return `home ${need.user}`
  }
}
