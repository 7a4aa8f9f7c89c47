import type { Blueprint } from '@keyholder/core'
import { heldForms, setOfForms } from './held-forms.ts'
import { fault, refer, type AccountReading } from './reading.ts'
import type { WorldRole } from './world.ts'

type RoleInFile = NonNullable<AccountReading['account']['roles']>[string]

export function readRole(reading: AccountReading, key: string, role: RoleInFile): WorldRole {
  const path = [...reading.path, 'roles', key]
  const name = role.name ?? key
  if (isReserved(reading.blueprint, key)) {
    fault(reading, path, 'reserved_name', `\`${key}\` is a built-in role; choose another key`, 'key')
  } else if (isReserved(reading.blueprint, name)) {
    fault(reading, [...path, 'name'], 'reserved_name', `\`${name}\` is a built-in role; choose another name`)
  }

  role.permissions.forEach((form, index) =>
    refer(reading, [...path, 'permissions', index], 'permission', form, reading.blueprint.bits),
  )
  role.organizations?.forEach((organization, index) =>
    refer(reading, [...path, 'organizations', index], 'organization', organization, reading.organizations),
  )
  return {
    key,
    name,
    permissions: heldForms(reading.blueprint, setOfForms(reading.blueprint, role.permissions)),
    ...(role.organizations && { organizations: [...new Set(role.organizations)] }),
  }
}

function isReserved(blueprint: Blueprint, name: string): boolean {
  const asked = canonicalName(name)
  return blueprint.roles.some(
    (role) => asked === canonicalName(role.key) || asked === canonicalName(role.name),
  )
}

function canonicalName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
