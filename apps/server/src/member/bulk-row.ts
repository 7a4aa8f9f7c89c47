import {
  createGrant,
  reactivateMember,
  removeMember,
  setDefaultRole,
  succeed,
  suspendMember,
  type AccessChange,
  type AccountIndex,
  type Bounds,
  type Grant,
  type GrantId,
  type GrantRefusal,
  type GroupId,
  type Member,
  type OrganizationId,
  type Result,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import type { Tx } from '@keyholder/storage'
import type { EventDraft } from '../change/change-plan.ts'
import type { Scene } from '../change/scene.ts'
import { toldOfGrant } from '../change/told-of-grant.ts'
import { defaultRolesOf } from './change-members.ts'
import { endingOf } from './remove-members.ts'

/** What is to be done to each of many people, with its names looked up. */
export type BulkAction =
  | { readonly kind: 'set_default_role'; readonly role: (Bounds & { readonly id: RoleId }) | undefined }
  | {
      readonly kind: 'grant'
      readonly role: RoleId
      readonly organization: OrganizationId | undefined
      readonly bounds: Bounds
    }
  | { readonly kind: 'add_to_group' | 'remove_from_group'; readonly group: GroupId }
  | { readonly kind: 'suspend' | 'reactivate' | 'remove' }

/** What is done to one of them; without changes, it was so already. */
export interface BulkRow {
  readonly user: UserId
  readonly changes: readonly AccessChange[]
  readonly events: readonly EventDraft[]
  readonly rows?: (tx: Tx) => Promise<void>
  readonly ended?: () => ReturnType<Awaited<ReturnType<typeof endingOf>>['ended']>
}

type Decided = Result<BulkRow, GrantRefusal>

/** Decides what an action comes to for one member. */
export async function bulkRow(
  scene: Scene,
  index: AccountIndex,
  member: Member,
  action: BulkAction,
): Promise<Decided> {
  const { user } = member
  switch (action.kind) {
    case 'set_default_role':
      return defaultRoleRow(scene, index, user, action.role)
    case 'grant':
      return grantRow(scene, index, user, action)
    case 'add_to_group':
    case 'remove_from_group':
      return succeed(groupRow(index, user, action))
    case 'suspend':
    case 'reactivate': {
      const decided = action.kind === 'suspend' ? suspendMember(member) : reactivateMember(member)
      if (!decided.ok) return succeed(unchanged(user))
      const before = { status: member.status }
      return succeed(row(user, decided.value, { action: `member.${action.kind}`, before }))
    }
    case 'remove': {
      const ending = await endingOf(scene.tx, index, member)
      const { rows, ended, event } = ending
      const changes = removeMember(member)
      return succeed({ user, changes, rows, ended, events: [{ action: 'member.remove', ...event }] })
    }
  }
}

function defaultRoleRow(
  scene: Scene,
  index: AccountIndex,
  user: UserId,
  role: (Bounds & { readonly id: RoleId }) | undefined,
): Decided {
  const subject = { kind: 'user', id: user } as const
  const held = index.grantsTo(subject)
  const decided = setDefaultRole(subject, role, {
    held,
    grantId: scene.newId<GrantId>('grant'),
    now: scene.at,
  })
  if (!decided.ok) return decided
  const before = { default_role: defaultRolesOf(index, user) }
  const after = { default_role: defaultRolesOf(index.withChanges(decided.value), user) }
  if (JSON.stringify(before) === JSON.stringify(after)) return succeed(unchanged(user))
  return succeed(row(user, decided.value, { action: 'member.update', before, after }))
}

function grantRow(
  scene: Scene,
  index: AccountIndex,
  user: UserId,
  { role, organization, bounds }: Extract<BulkAction, { kind: 'grant' }>,
): Decided {
  const subject = { kind: 'user', id: user } as const
  const grant: Grant = { id: scene.newId<GrantId>('grant'), subject, role, organization, ...bounds }
  const decided = createGrant(grant, { held: index.grantsTo(subject), now: scene.at })
  if (!decided.ok) return decided.refusal.code === 'grant_exists' ? succeed(unchanged(user)) : decided
  const target = { type: 'grant', id: grant.id }
  return succeed({
    user,
    changes: decided.value,
    events: [{ action: 'grant.create', target, organization, after: toldOfGrant(grant) }],
  })
}

function groupRow(
  index: AccountIndex,
  user: UserId,
  { kind, group }: Extract<BulkAction, { group: GroupId }>,
): BulkRow {
  const member = { kind: 'user', id: user } as const
  const isIn = index.groupsOf(member).includes(group)
  const isAdded = kind === 'add_to_group'
  if (isIn === isAdded) return unchanged(user)
  return {
    user,
    changes: [{ kind: isAdded ? 'group_member_added' : 'group_member_removed', group, member }],
    events: [
      {
        action: isAdded ? 'group.add_members' : 'group.remove_member',
        target: { type: 'group', id: group },
        after: { users: [user], connections: [] },
      },
    ],
  }
}

function row(user: UserId, changes: readonly AccessChange[], event: Omit<EventDraft, 'target'>): BulkRow {
  return { user, changes, events: [{ ...event, target: { type: 'member', id: user } }] }
}

function unchanged(user: UserId): BulkRow {
  return { user, changes: [], events: [] }
}
