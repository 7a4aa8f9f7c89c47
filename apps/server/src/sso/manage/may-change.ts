import {
  judgeSso,
  refuse,
  succeed,
  type AccountIndex,
  type Result,
  type RoleId,
  type SsoStake,
} from '@keyholder/core'
import { roleNamed } from '../../change/references.ts'
import type { Scene } from '../../change/scene.ts'
import type { Refused } from '../../http/call.ts'

/** Whether the caller holds what a change of single sign-on in this account gives or could give. */
export function mayChange({ directory, actor, at }: Scene, account: AccountIndex['id'], stake: SsoStake) {
  return judgeSso(directory, { actor, account, at }, stake)
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
