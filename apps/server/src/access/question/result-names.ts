import type { AccountId, OrganizationId, UserId } from '@keyholder/core'

/** What results are called beside their ids. */
export interface ResultNames {
  namesOfUsers(
    users: readonly UserId[],
  ): Promise<ReadonlyMap<UserId, { readonly email: string; readonly externalId: string | null }>>
  keysOfOrganizations(
    account: AccountId,
    organizations: readonly OrganizationId[],
  ): Promise<ReadonlyMap<OrganizationId, string>>
}
