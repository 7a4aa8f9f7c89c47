import {
  refuse,
  succeed,
  type AccessChange,
  type AccountId,
  type GroupId,
  type Result,
} from '@keyholder/core'
import { connectionsOfDelegates, type Tx } from '@keyholder/storage'
import type { Reach } from '../http/reach.ts'
import type { AccountChanges } from './change-plan.ts'
import type { Scene } from './scene.ts'

type NotPermitted = { readonly code: 'not_permitted'; readonly permission: string }

/**
 * Whether somebody may decide who is in these groups, as far as connections are concerned: putting a person into a
 * group of delegates lets them into another account, which takes what choosing the delegates takes.
 */
export async function mayFill(
  tx: Tx,
  reach: Reach,
  account: AccountId,
  groups: Iterable<GroupId>,
): Promise<Result<undefined, NotPermitted>> {
  const permission = 'connection.edit'
  if (reach.may(permission)) return succeed(undefined)
  for (const group of groups) {
    const connections = await connectionsOfDelegates(tx, account, group)
    if (connections.length > 0) return refuse({ code: 'not_permitted', permission })
  }
  return succeed(undefined)
}

/** Holds a plan against that; what is judged as somebody else's doing is for the use case to hold against them. */
export async function mayFillInPlan(
  { tx, reach }: Scene,
  access: readonly AccountChanges[],
): Promise<Result<undefined, NotPermitted>> {
  for (const { account, changes, judgedAs } of access) {
    const groups = new Set(changes.flatMap(groupOfPerson))
    if (judgedAs || groups.size === 0) continue
    const permitted = await mayFill(tx, reach(account), account, groups)
    if (!permitted.ok) return permitted
  }
  return succeed(undefined)
}

/** A connection is nobody's delegate, and a guest takes its own out of the host's groups with nothing held there. */
function groupOfPerson(change: AccessChange): readonly GroupId[] {
  const isMembership = change.kind === 'group_member_added' || change.kind === 'group_member_removed'
  return isMembership && change.member.kind === 'user' ? [change.group] : []
}
