import type { AccessChange } from '../access/access-change.ts'
import type { AccountIndex } from '../access/account-index.ts'
import { groupOf } from '../access/change-integrity.ts'
import type { GrantId, GroupId, RoleId, UserId } from '../id.ts'

/** Somebody who comes by single sign-on. */
export interface Arriving {
  readonly user: UserId
  /** Set where they come for the first time: what they get besides their groups. */
  readonly first?: { readonly defaultRole?: RoleId | undefined; readonly grant: GrantId } | undefined
}

/**
 * What changes when somebody comes by single sign-on: they are in these of the provider's groups and in no other, and
 * whoever comes for the first time becomes a user of the account, with the default role.
 *
 * A default role that is gone, or that was bound to organizations since, gives nothing. Groups that are filled by hand
 * are left alone.
 */
export function accessBySso(
  index: AccountIndex,
  { user, first }: Arriving,
  wanted: readonly GroupId[],
): readonly AccessChange[] {
  const member = { kind: 'user', id: user } as const
  const filledBySso = (group: GroupId) => groupOf(index, group)?.kind === 'sso'
  const held = index.groupsOf(member).filter(filledBySso)
  const given = wanted.filter(filledBySso)
  return [
    ...(first ? firstAccess(index, user, first) : []),
    ...held
      .filter((group) => !given.includes(group))
      .map((group) => ({ kind: 'group_member_removed', group, member }) as const),
    ...given
      .filter((group) => !held.includes(group))
      .map((group) => ({ kind: 'group_member_added', group, member }) as const),
  ]
}

function firstAccess(
  index: AccountIndex,
  user: UserId,
  { defaultRole, grant }: NonNullable<Arriving['first']>,
): readonly AccessChange[] {
  const member = { user, kind: 'home', status: 'active', home: index.id } as const
  const role = defaultRole === undefined ? undefined : index.role(defaultRole)
  const isGrantable = role !== undefined && !('organizations' in role && role.organizations)
  return [
    { kind: 'member_set', member },
    ...(isGrantable
      ? [
          {
            kind: 'grant_set',
            grant: { id: grant, subject: { kind: 'user', id: user }, role: defaultRole },
          } as const,
        ]
      : []),
  ]
}
