import {
  convertToFullUser,
  createGrant,
  grantsOfRole,
  refuse,
  succeed,
  type AccountIndex,
  type Grant,
  type GrantId,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import { convertMember } from '@keyholder/contract'
import { openInvitationsWithRole, type Tx } from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { roleNamed } from '../change/references.ts'
import type { Bind } from '../http/bind.ts'
import { memberInPath, shownMember } from './find-member.ts'

type BoundGrant = Grant & { readonly role: RoleId }

/** Makes full users of people who are kept to some organizations. */
export function bindMemberConversion(bind: Bind, deps: ChangeDeps): void {
  bind(convertMember, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const found = await memberInPath(scene, account, call.params.user)
      if (!found.ok) return found
      const { user } = found.value
      const role = roleNamed(index, call.body.role, '/role')
      if (!role.ok) return role

      const bound = boundGrantsOf(index, user)
      if (bound.length === 0) return refuse({ code: 'member_not_bound' })
      const grant = {
        id: scene.newId<GrantId>('grant'),
        subject: { kind: 'user', id: user },
        role: role.value,
      } as const
      const possible = createGrant(grant, { held: index.grantsTo(grant.subject), now: scene.at })
      if (!possible.ok) return possible

      const shared = await sharedRoles(scene.tx, index, user, bound)
      const changes = convertToFullUser(user, { grantId: grant.id, role: role.value }, { bound, shared })
      const roles = changes.flatMap((change) => (change.kind === 'role_removed' ? change.id : []))
      if (roles.length > 0 && !scene.reach(account).may('role.delete')) {
        return refuse({ code: 'not_permitted', permission: 'role.delete' })
      }
      return succeed({
        access: [{ account, changes }],
        events: [
          {
            action: 'member.convert',
            target: { type: 'member', id: user },
            before: {
              grants: bound.map(({ id, role, organization }) => ({
                id,
                role,
                organization: organization ?? null,
              })),
            },
            after: { default_role: role.value, deleted_roles: roles },
          },
        ],
        answer: (tx) => shownMember(200, tx, account, user),
      })
    })
  })
}

function boundGrantsOf(index: AccountIndex, user: UserId): readonly BoundGrant[] {
  return index
    .grantsTo({ kind: 'user', id: user })
    .filter((grant): grant is BoundGrant => grant.role !== undefined && isBound(index, grant.role))
}

function isBound(index: AccountIndex, id: RoleId): boolean {
  const role = index.role(id)
  return role !== undefined && 'organizations' in role && role.organizations !== undefined
}

/** The roles that somebody else has too, or that an open invitation promises. */
async function sharedRoles(
  tx: Tx,
  index: AccountIndex,
  user: UserId,
  bound: readonly BoundGrant[],
): Promise<ReadonlySet<RoleId>> {
  const shared = new Set<RoleId>()
  for (const role of new Set(bound.map((grant) => grant.role))) {
    const isElsewhere = grantsOfRole(index, role).some(({ subject }) => subject.id !== user)
    const promised = isElsewhere ? [] : await openInvitationsWithRole(tx, index.id, role)
    if (isElsewhere || promised.length > 0) shared.add(role)
  }
  return shared
}
