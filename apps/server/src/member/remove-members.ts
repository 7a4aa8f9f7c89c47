import {
  leaveAccount as left,
  refuse,
  removeMember as removed,
  succeed,
  type AccountId,
  type AccountIndex,
  type Member,
} from '@keyholder/core'
import { leaveAccount, removeMember } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { memberInPath } from './find-member.ts'

/** Ends memberships, and tells what ends with them. */
export function bindMemberRemoval(bind: Bind, deps: ChangeDeps): void {
  bind(removeMember, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await memberInPath(scene, account, call.params.user)
      if (!found.ok) return found
      const ending = await endingOf(scene.tx, scene.index(account), found.value)
      return succeed({
        access: [{ account, changes: removed(found.value) }],
        rows: ending.rows,
        events: [{ action: 'member.remove', ...ending.event }],
        answer: async () => answer(200, ending.ended()),
      })
    })
  })

  bind(leaveAccount, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const index = scene.index(account)
      const { caller } = call
      const member = caller.kind === 'person' ? index.member(caller.user) : undefined
      if (!member) return refuse({ code: 'not_a_member' })
      const decided = left(member)
      if (!decided.ok) return decided

      const ending = await endingOf(scene.tx, index, member)
      return succeed({
        access: [{ account, changes: decided.value }],
        rows: ending.rows,
        events: [{ action: 'member.leave', ...ending.event }],
        answer: async () => answer(200, ending.ended()),
      })
    })
  })
}

/** All that ends with a membership; whether the login ends too is known once the rows are written. */
export async function endingOf(tx: storage.Tx, index: AccountIndex, member: Member) {
  const subject = { kind: 'user', id: member.user } as const
  const grants = index.grantsTo(subject).map(({ id, role, organization }) => ({
    id,
    role: role ?? null,
    organization: organization ?? null,
  }))
  const groups = [...index.groupsOf(subject)]
  const apiKeys = [...(await storage.keysMadeBy(tx, index.id, member.user))]
  let hasLogin = true
  return {
    rows: async (tx: storage.Tx) => {
      if (isAtHome(index.id, member)) hasLogin = !(await storage.deleteUser(tx, member.user))
    },
    event: {
      target: { type: 'member', id: member.user },
      before: { kind: member.kind, status: member.status, grants, groups, api_keys: apiKeys },
    },
    ended: () => ({
      user: member.user,
      grants,
      groups,
      api_keys: apiKeys,
      login: hasLogin ? ('kept' as const) : ('ended' as const),
    }),
  }
}

function isAtHome(account: AccountId, { home }: Member): boolean {
  return home === account
}
