import { createRole, heldForms, setOfForms } from '@keyholder/core'
import type { CustomRole, PermissionSet, RoleRefusal } from '@keyholder/core'
import type { Path } from './fault.ts'
import { fault, refer, type AccountReading } from './reading.ts'
import { worldIds } from './world-ids.ts'
import type { WorldRole } from './world.ts'

type RoleInFile = NonNullable<AccountReading['account']['roles']>[string]

/** The custom roles of an account, by the rules that hold when they are made one by one. */
export function readRoles(reading: AccountReading): WorldRole[] {
  const made: CustomRole[] = []
  return Object.entries(reading.account.roles ?? {}).map(([key, written]) => {
    const role = readRole(reading, key, written)
    const created = createRole(role, { blueprint: reading.blueprint, roles: made })
    if (!created.ok) tell(reading, role, created.refusal)
    made.push(role)
    return {
      key,
      name: role.name,
      permissions: heldForms(role.permissions, reading.blueprint),
      ...(written.organizations && { organizations: [...new Set(written.organizations)] }),
    }
  })
}

function readRole(reading: AccountReading, key: string, written: RoleInFile): CustomRole {
  const path: Path = [...reading.path, 'roles', key]
  written.organizations?.forEach((organization, index) =>
    refer(reading, [...path, 'organizations', index], 'organization', organization, reading.organizations),
  )
  return {
    id: worldIds.customRole(reading.slug, key),
    key,
    name: written.name ?? key,
    permissions: readPermissions(reading, [...path, 'permissions'], written.permissions),
    organizations: written.organizations?.map((one) => worldIds.organization(reading.slug, one)),
  }
}

function readPermissions(reading: AccountReading, path: Path, forms: readonly string[]): PermissionSet {
  const known = reading.blueprint.bits
  forms.forEach((form, index) => refer(reading, [...path, index], 'permission', form, known))
  const set = setOfForms(
    forms.filter((form) => known.has(form)),
    reading.blueprint,
  )
  if (!set.ok) throw new Error('only known forms were asked for')
  return set.value
}

function tell(reading: AccountReading, { key, name }: CustomRole, refusal: RoleRefusal): void {
  const path: Path = [...reading.path, 'roles', key]
  const called = name === key ? ([path, 'key'] as const) : ([[...path, 'name'], 'value'] as const)
  switch (refusal.code) {
    case 'role_name_malformed':
      return fault(
        reading,
        called[0],
        'wrong_form',
        `\`${name}\` holds characters that do not show`,
        called[1],
      )
    case 'role_name_reserved': {
      const message = `\`${name}\` can be taken for the built-in role ${refusal.builtIn}; choose another name`
      return fault(reading, called[0], 'reserved_name', message, called[1])
    }
    case 'role_name_taken':
      return fault(reading, called[0], 'not_unique', `another custom role is called \`${name}\``, called[1])
    case 'role_bound_account_level': {
      const message = `a role that is bound to organizations cannot hold \`${refusal.permissions.join('`, `')}\``
      return fault(reading, [...path, 'permissions'], 'not_allowed', message)
    }
  }
}
