import {
  promoteToSuperuser,
  reactivateMember,
  refuse,
  setDefaultRole,
  succeed,
  suspendMember,
  type AccountIndex,
  type GrantId,
  type UserId,
} from '@keyholder/core'
import { promoteMember, setMemberStatus, updateMember } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { roleNamed } from '../change/references.ts'
import { boundsWanted, type WantedBounds } from '../change/wanted-bounds.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { memberInPath, shownMember } from './find-member.ts'
import { momentForm } from '../http/moment-form.ts'

/** Changes what a member has over the whole account, and whether they may come in at all. */
export function bindMemberChanges(bind: Bind, deps: ChangeDeps): void {
  bind(updateMember, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const found = await memberInPath(scene, account, call.params.user)
      if (!found.ok) return found
      const { user } = found.value
      const stored = await storage.findPersonIn(scene.tx, account, user)
      const stale = outdated(call, stored?.version ?? 0)
      if (stale) return stale
      const role = defaultRoleWanted(index, call.body.default_role, '/default_role/role')
      if (!role.ok) return role

      const decided = setDefaultRole({ kind: 'user', id: user }, role.value, {
        held: index.grantsTo({ kind: 'user', id: user }),
        grantId: scene.newId<GrantId>('grant'),
        now: scene.at,
      })
      if (!decided.ok) return decided
      // Writing the membership as it is gives it the new version that the next edit has to name.
      const changes = [{ kind: 'member_set' as const, member: found.value }, ...decided.value]
      return succeed({
        access: [{ account, changes }],
        events: [
          {
            action: 'member.update',
            target: { type: 'member', id: user },
            before: { default_role: defaultRolesOf(index, user) },
            after: { default_role: defaultRolesOf(index.withChanges(changes), user) },
          },
        ],
        answer: (tx) => shownMember(200, tx, account, user),
      })
    })
  })

  bind(setMemberStatus, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await memberInPath(scene, account, call.params.user)
      if (!found.ok) return found
      const { user, status } = found.value
      const decided =
        call.body.status === 'suspended' ? suspendMember(found.value) : reactivateMember(found.value)
      if (!decided.ok) return refuse({ code: 'member_state', memberStatus: status })
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [
          {
            action: call.body.status === 'suspended' ? 'member.suspend' : 'member.reactivate',
            target: { type: 'member', id: user },
            before: { status },
            after: { status: call.body.status },
          },
        ],
        answer: (tx) => shownMember(200, tx, account, user),
      })
    })
  })

  bind(promoteMember, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const found = await memberInPath(scene, account, call.params.user)
      if (!found.ok) return found
      const { user } = found.value
      const decided = promoteToSuperuser(found.value, {
        held: index.grantsTo({ kind: 'user', id: user }),
        grantId: scene.newId<GrantId>('grant'),
        now: scene.at,
      })
      if (!decided.ok) return decided
      return succeed({
        access: [{ account, changes: decided.value }],
        events: [
          {
            action: 'member.promote',
            target: { type: 'member', id: user },
            before: { default_role: defaultRolesOf(index, user) },
            after: { default_role: defaultRolesOf(index.withChanges(decided.value), user) },
          },
        ],
        answer: (tx) => shownMember(200, tx, account, user),
      })
    })
  })
}

/** The role that a request names as the one over the whole account; without one, no access. */
export function defaultRoleWanted(
  index: AccountIndex,
  wanted: (WantedBounds & { readonly role: string }) | null | undefined,
  pointer: string,
) {
  if (!wanted) return succeed(undefined)
  const role = roleNamed(index, wanted.role, pointer)
  return role.ok ? succeed({ id: role.value, ...boundsWanted(wanted) }) : role
}

/** What the log tells of somebody's own roles over the whole account. */
export function defaultRolesOf(index: AccountIndex, user: UserId) {
  return index
    .grantsTo({ kind: 'user', id: user })
    .filter(({ organization }) => organization === undefined)
    .map(({ role, startsAt, endsAt }) => ({
      role: role ?? null,
      starts_at: momentForm(startsAt),
      ends_at: momentForm(endsAt),
    }))
}
