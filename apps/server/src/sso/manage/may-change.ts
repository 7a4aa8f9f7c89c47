import {
  judgeSso,
  refuse,
  succeed,
  type AccountIndex,
  type Result,
  type RoleId,
  type SsoStake,
} from '@keyholder/core'
import { mayFill } from '../../change/filling-delegates.ts'
import { roleNamed } from '../../change/references.ts'
import type { Scene } from '../../change/scene.ts'
import type { Refused } from '../../http/call.ts'

/**
 * Whether the caller holds what a change of single sign-on in this account gives or could give: here, and by the groups
 * of delegates that it puts people into also in other accounts.
 */
export async function mayChange(
  { tx, reach, directory, actor, at }: Scene,
  account: AccountIndex['id'],
  stake: SsoStake,
): Promise<Result<undefined, Refused['refusal']>> {
  const judged = judgeSso(directory, { actor, account, at }, stake)
  return judged.ok ? mayFill(tx, reach(account), account, stake.groups ?? []) : judged
}

/** The role that newcomers get: one that can be had over the whole account. */
export function defaultRoleNamed(
  index: AccountIndex,
  name: string | null,
): Result<RoleId | undefined, Refused['refusal']> {
  if (name === null) return succeed(undefined)
  const found = roleNamed(index, name, '/default_role')
  if (!found.ok) return found
  const role = index.role(found.value)
  const isBound = role !== undefined && 'organizations' in role && role.organizations !== undefined
  return isBound ? refuse({ code: 'sso_default_role_bound' }) : found
}
