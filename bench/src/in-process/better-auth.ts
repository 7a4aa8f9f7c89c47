import { createAccessControl } from 'better-auth/plugins/access'
import type { Permission } from '@keyholder/core'
import { groupedBy } from '../world/grouped-by.ts'
import type { Contender } from './contender.ts'
import { versionOf } from './versions.ts'

/** Its role check alone: the roles that somebody has in an organization are looked up beforehand. */
export const betterAuth: Contender = {
  name: 'better-auth role check, roles given',
  version: versionOf('better-auth'),
  prepare({ assignments, world }, questions) {
    const access = createAccessControl(statementsOf(world.facts.blueprint.permissions))
    const roles = new Map(
      [...assignments.roles].map(([name, permissions]) => [name, access.newRole(statementsOf(permissions))]),
    )
    const held = groupedBy(assignments.held, ({ user, place }) => `${user} ${place}`)
    const asked = questions.map(({ user, organization, permission }) => ({
      roles: [
        ...(held.get(`${user} ${organization}`) ?? []),
        ...(held.get(`${user} everywhere`) ?? []),
      ].flatMap(({ role }) => roles.get(role) ?? []),
      request: { [permission.resource]: [permission.action] },
    }))
    return (question) => {
      const each = asked[question]
      return each?.roles.some((role) => role.authorize(each.request).success) ?? false
    }
  },
}

function statementsOf(permissions: readonly Permission[]): Record<string, string[]> {
  const statements: Record<string, string[]> = {}
  for (const { resource, action } of permissions) (statements[resource] ??= []).push(action)
  return statements
}
