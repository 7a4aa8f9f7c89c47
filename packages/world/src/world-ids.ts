import type {
  AccountId,
  ConnectionId,
  GrantId,
  GroupId,
  OrganizationId,
  RoleId,
  UserId,
} from '@keyholder/core'

/**
 * The ids that things of a world have where nothing else gave them any: made of their keys, so that they are the same
 * each time. No slug contains `_`, so no two of a kind are alike.
 */
export const worldIds = {
  user: (key: string) => `usr_${key}` as UserId,
  account: (slug: string) => `acc_${slug}` as AccountId,
  organization: (slug: string, key: string) => `org_${slug}_${key}` as OrganizationId,
  customRole: (slug: string, key: string) => `rol_${slug}_${key}` as RoleId,
  group: (slug: string, key: string) => `grp_${slug}_${key}` as GroupId,
  /** Numbered from 1, in the world's order. */
  grant: (slug: string, number: number) => `grt_${slug}_${number}` as GrantId,
  connection: (host: string, guest: string) => `con_${host}_${guest}` as ConnectionId,
}

/** How the things of a world get their ids, where they have others than those. */
export type WorldIds = typeof worldIds
