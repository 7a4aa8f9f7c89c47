import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import type { OrganizationId, RoleId } from '../id.ts'
import type { RoleContext } from './create-role.ts'
import type { PermissionSet } from './permission-set.ts'
import { setOfForms } from './held-forms.ts'
import type { CustomRole } from './role.ts'

const resolved = resolveBlueprint({
  name: 'Desk',
  resources: {
    ticket: { actions: { view: { label: 'View', own: true }, edit: 'Edit' } },
    policy: { level: 'account', actions: { edit: 'Edit policies' } },
  },
  roles: {
    owner: { name: 'Owner', permissions: ['*'] },
    'co-admin': { name: 'Co-Admin', permissions: ['ticket.*'] },
    desk: { name: 'Front office', permissions: ['ticket.view'] },
  },
})
if (!resolved.ok) throw new Error(JSON.stringify(resolved.refusal))

const blueprint = resolved.value
export const rome = 'org_rome' as OrganizationId

export function permits(...forms: readonly string[]): PermissionSet {
  const set = setOfForms(forms, blueprint)
  if (!set.ok) throw new Error(`The blueprint does not know ${set.refusal.forms.join(', ')}`)
  return set.value
}

export const archivist: CustomRole = {
  id: 'rol_1' as RoleId,
  key: 'archivist',
  name: 'Archivist',
  permissions: permits('ticket.view'),
}

export const context: RoleContext = { blueprint, roles: [archivist] }
