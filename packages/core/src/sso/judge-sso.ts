import { ActorAccess } from '../access/actor-access.ts'
import type { ScopedPermissions } from '../access/change-refusal.ts'
import type { Directory } from '../access/directory.ts'
import type { ChangeRequest } from '../access/judge-changes.ts'
import { stakesOfGroup } from '../access/stake.ts'
import { superuserKey } from '../blueprint/resolve-blueprint.ts'
import type { GroupId, RoleId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'

/** What a change of single sign-on decides about, before it and after it. */
export interface SsoStake {
  /** Who speaks for the account's people: whoever says that could come in as any of them. */
  readonly provider?: boolean
  /** What newcomers get over the whole account. */
  readonly roles?: readonly (RoleId | undefined)[]
  /** The groups that rules put people into. */
  readonly groups?: readonly GroupId[]
}

export interface BeyondSso {
  readonly code: 'sso_beyond_own_access'
  readonly beyond: readonly ScopedPermissions[]
}

/**
 * Whether somebody may change this about single sign-on: they hold everything that it gives or could give (law 5).
 *
 * Choosing the identity provider takes all that a superuser holds, since its word lets in every one of the people who
 * are linked to it.
 */
export function judgeSso(
  directory: Directory,
  { actor, account, at }: Pick<ChangeRequest, 'actor' | 'account' | 'at'>,
  { provider = false, roles = [], groups = [] }: SsoStake,
): Result<undefined, BeyondSso> {
  const index = directory.account(account)
  if (!index) throw new Error(`The account ${account} is not at hand`)

  const named = provider ? [...roles, superuserKey as RoleId] : roles
  const stakes = [
    ...named.flatMap((role) => {
      const known = role === undefined ? undefined : index.role(role)
      return known ? [{ permissions: known.permissions }] : []
    }),
    ...groups.flatMap((group) => stakesOfGroup({ blueprint: directory.blueprint, index, at }, group)),
  ]
  const beyond = new ActorAccess(directory, actor, account, at).beyond(stakes)
  return beyond.length === 0 ? succeed(undefined) : refuse({ code: 'sso_beyond_own_access', beyond })
}
