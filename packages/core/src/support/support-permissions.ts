import type { Blueprint, Permission } from '../blueprint/blueprint.ts'
import { setOf, type PermissionSet } from '../role/permission-set.ts'
import type { SupportScope } from './support-access.ts'

/** Permissions of Keyholder's own that change what an account is, legally and to its bills. */
const accountsOwn: ReadonlySet<string> = new Set(['account.manage_licence', 'account.manage_entity'])

/** Actions that only look. What is exported leaves the product, so exporting is not among them. */
const looks: ReadonlySet<string> = new Set(['view', 'count'])

/**
 * What the operator's staff may do in an account that they entered for support, in every organization of it.
 *
 * To read: every permission whose action is `view` or `count`. To change: those and all others. In neither: what is
 * guarded (access, security settings, keys and tokens), what the blueprint marks as a secret, licence and legal entity.
 */
export function supportPermissions(blueprint: Blueprint, scope: SupportScope): PermissionSet {
  const open = blueprint.permissions.filter(
    (permission) => isOpenToSupport(permission) && (scope === 'change' || looks.has(permission.action)),
  )
  return setOf(
    blueprint.size,
    open.flatMap(({ bit, ownBit }) => [bit, ownBit]),
  )
}

function isOpenToSupport({ key, guarded, secret }: Permission): boolean {
  return !guarded && !secret && !accountsOwn.has(key)
}
