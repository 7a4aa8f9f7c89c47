import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { Group, GroupMember } from '../group/group.ts'
import type { GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'
import type { AccountFacts } from './facts.ts'

/**
 * One step from one state of an account's access to the next.
 *
 * The same list of changes is judged (no escalation, last superuser), previewed (who gains, who loses), stored,
 * and sent to every replica, so no route can change access in a way that another part does not see.
 * Removing something removes what hangs on it: a member's or a group's grants and memberships, the grants over an
 * organization, the grants of a role.
 */
export type AccessChange =
  | { readonly kind: 'account_set'; readonly status: AccountFacts['status'] }
  | { readonly kind: 'organization_set'; readonly id: OrganizationId }
  | { readonly kind: 'organization_removed'; readonly id: OrganizationId }
  | { readonly kind: 'role_set'; readonly role: CustomRole }
  | { readonly kind: 'role_removed'; readonly id: RoleId }
  | { readonly kind: 'member_set'; readonly member: Member }
  | { readonly kind: 'member_removed'; readonly user: UserId }
  | { readonly kind: 'group_set'; readonly group: Omit<Group, 'members'> }
  | { readonly kind: 'group_removed'; readonly id: GroupId }
  | { readonly kind: 'group_member_added'; readonly group: GroupId; readonly member: GroupMember }
  | { readonly kind: 'group_member_removed'; readonly group: GroupId; readonly member: GroupMember }
  | { readonly kind: 'grant_set'; readonly grant: Grant }
  | { readonly kind: 'grant_removed'; readonly id: GrantId }
  | { readonly kind: 'connection_set'; readonly connection: Connection }
