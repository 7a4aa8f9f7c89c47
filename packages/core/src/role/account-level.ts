import type { Blueprint } from '../blueprint/blueprint.ts'
import { intersection, isEmpty } from './permission-set.ts'
import { heldForms } from './held-forms.ts'
import type { CustomRole } from './role.ts'

export interface AccountLevelRefusal {
  readonly code: 'role_bound_account_level'
  readonly permissions: readonly string[]
}

/** A role bound to organizations can never carry a permission of level `account`, so it may not promise one. */
export function accountLevelIn(
  role: Pick<CustomRole, 'permissions' | 'organizations'>,
  blueprint: Blueprint,
): AccountLevelRefusal | undefined {
  const promised = intersection(role.permissions, blueprint.accountLevel)
  if (!role.organizations || isEmpty(promised)) return undefined
  return { code: 'role_bound_account_level', permissions: heldForms(promised, blueprint) }
}
