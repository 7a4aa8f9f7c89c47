import type { RoleId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { setOf, type PermissionSet } from '../role/permission-set.ts'
import type { Blueprint, BuiltInRole, Permission, Resource } from './blueprint.ts'
import type { BlueprintFile, ResourceInFile, RoleInFile } from './blueprint-file.ts'
import { ownResources } from './own-resources.ts'

/** One thing wrong in a blueprint, with the place in the file as a path of keys. */
export type BlueprintFault = { readonly path: readonly (string | number)[] } & (
  | { readonly code: 'resource_reserved'; readonly resource: string }
  | { readonly code: 'name_malformed'; readonly name: string }
  | { readonly code: 'pattern_unknown'; readonly pattern: string; readonly known: readonly string[] }
)

/** The role over everything in an account; Keyholder adds it where the file does not declare it. */
export const superuserKey = 'superuser'

/**
 * Turns a blueprint file into a blueprint with every pattern resolved.
 *
 * Refused as a whole, with every fault: a resource named like one of Keyholder's own, a name that is
 * not lower snake case, a pattern that names nothing.
 */
export function resolveBlueprint(file: BlueprintFile): Result<Blueprint, readonly BlueprintFault[]> {
  const declared = { ...file.resources, ...ownResources }
  const permissions = permissionsOf(declared)
  const bits = bitsOf(permissions)
  const size = bits.size === 0 ? 0 : Math.max(...bits.values()) + 1

  const roles = Object.entries(rolesOf(file)).map(([key, role]) => builtInRole(key, role, permissions, size))
  const faults = [...nameFaults(file), ...roles.flatMap((role) => role.faults)]
  if (faults.length > 0) return refuse(faults)

  const builtIn = roles.map(({ role }) => role)
  const only = (keep: (permission: Permission) => boolean) =>
    setOf(size, permissions.filter(keep).flatMap(bothBits))
  return succeed({
    file,
    name: file.name,
    terms: {
      account: file.terms?.account ?? 'account',
      organization: file.terms?.organization ?? 'organization',
      customRole: file.terms?.custom_role ?? 'custom role',
    },
    resources: Object.entries(declared).map(([key, resource]) => resourceOf(key, resource)),
    permissions,
    permission: new Map(permissions.map((permission) => [permission.key, permission])),
    bits,
    size,
    roles: builtIn,
    role: new Map(builtIn.map((role) => [role.key, role])),
    guarded: only((permission) => permission.guarded),
    accountLevel: only((permission) => permission.level === 'account'),
  })
}

function rolesOf(file: BlueprintFile): Record<string, RoleInFile> {
  return { [superuserKey]: { name: 'Superuser', permissions: ['*'] }, ...file.roles }
}

function resourceOf(key: string, resource: ResourceInFile): Resource {
  return {
    key,
    label: resource.label ?? key,
    level: resource.level ?? 'organization',
    builtIn: Object.hasOwn(ownResources, key),
  }
}

function permissionsOf(resources: Readonly<Record<string, ResourceInFile>>): Permission[] {
  let next = 0
  return Object.entries(resources).flatMap(([resource, { level, actions }]) =>
    Object.entries(actions).map(([action, declared]) => {
      const details = typeof declared === 'string' ? { label: declared } : declared
      const own = details.own ?? false
      const bit = next++
      return {
        key: `${resource}.${action}`,
        resource,
        action,
        label: details.label,
        level: details.level ?? level ?? 'organization',
        own,
        guarded: details.guarded ?? false,
        secret: details.secret ?? false,
        bit,
        ownBit: own ? next++ : bit,
      }
    }),
  )
}

function bitsOf(permissions: readonly Permission[]): Map<string, number> {
  return new Map(
    permissions.flatMap(({ key, own, bit, ownBit }) =>
      own ? [[key, bit] as const, [`${key}:own`, ownBit] as const] : [[key, bit] as const],
    ),
  )
}

function bothBits({ bit, ownBit }: Permission): number[] {
  return [bit, ownBit]
}

function builtInRole(
  key: string,
  role: RoleInFile,
  permissions: readonly Permission[],
  size: number,
): { readonly role: BuiltInRole; readonly faults: readonly BlueprintFault[] } {
  const faults: BlueprintFault[] = []
  const held = new Set<number>()
  role.permissions.forEach((pattern, index) => {
    const bits = matching(pattern.replace(/^!/, ''), permissions)
    if (bits.length === 0) {
      const path = ['roles', key, 'permissions', index]
      faults.push({ code: 'pattern_unknown', path, pattern, known: patternsOf(permissions) })
    }
    if (pattern.startsWith('!')) for (const bit of unheld(bits, permissions)) held.delete(bit)
    else for (const bit of bits) held.add(bit)
  })
  const set: PermissionSet = setOf(size, held)
  return {
    role: { id: key as RoleId, key, name: role.name, permissions: set, connects: role.connects ?? true },
    faults,
  }
}

/**
 * The bits that a pattern names. A permission stands for both of its forms, so that `!ticket.view` leaves
 * nothing of it; `ticket.view:own` stands for the limited form alone.
 */
function matching(pattern: string, permissions: readonly Permission[]): number[] {
  if (pattern === '*') return permissions.flatMap(bothBits)
  if (pattern.endsWith('.*')) {
    const resource = pattern.slice(0, -2)
    return permissions.filter((permission) => permission.resource === resource).flatMap(bothBits)
  }
  const limited = permissions.find((permission) => permission.own && `${permission.key}:own` === pattern)
  if (limited) return [limited.ownBit]
  return permissions.filter((permission) => permission.key === pattern).flatMap(bothBits)
}

/** What has to go so that none of these bits is held: whoever loses the limited form loses the whole. */
function unheld(bits: readonly number[], permissions: readonly Permission[]): number[] {
  return permissions.filter(({ ownBit }) => bits.includes(ownBit)).flatMap(bothBits)
}

function patternsOf(permissions: readonly Permission[]): string[] {
  const resources = new Set(permissions.map(({ resource }) => `${resource}.*`))
  const forms = permissions.flatMap(({ key, own }) => (own ? [key, `${key}:own`] : [key]))
  return ['*', ...resources, ...forms]
}

const wellFormed = /^[a-z][a-z0-9_]*$/
const wellFormedRole = /^[a-z][a-z0-9_-]*$/

function nameFaults(file: BlueprintFile): BlueprintFault[] {
  const malformed = (names: string[], form: RegExp, path: (name: string) => string[]): BlueprintFault[] =>
    names
      .filter((name) => !form.test(name))
      .map((name) => ({ code: 'name_malformed', name, path: path(name) }))

  return [
    ...Object.keys(file.resources)
      .filter((resource) => Object.hasOwn(ownResources, resource))
      .map((resource) => ({ code: 'resource_reserved' as const, resource, path: ['resources', resource] })),
    ...malformed(Object.keys(file.resources), wellFormed, (name) => ['resources', name]),
    ...malformed(Object.keys(file.roles), wellFormedRole, (name) => ['roles', name]),
    ...Object.entries(file.resources).flatMap(([resource, { actions }]) =>
      malformed(Object.keys(actions), wellFormed, (name) => ['resources', resource, 'actions', name]),
    ),
  ]
}
