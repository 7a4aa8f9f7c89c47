import type { Path } from '@keyholder/core'
import { momentText } from './moment-text.ts'
import type { NameOf } from './names-in.ts'

/**
 * One way to a permission on a line: `erik → manager at nightowl → connection nightowl, at most editor → group level-1
 * → editor on milan → document.edit`.
 */
export function pathLine(
  { user, account, through, group, grant, permission, until }: Path,
  nameOf: NameOf,
): string {
  const role = nameOf(grant.role.id)
  const scope =
    grant.organization === undefined ? `over ${nameOf(account)}` : `on ${nameOf(grant.organization)}`
  const steps = [
    nameOf(user),
    ...(through ? throughSteps(through, nameOf) : []),
    ...(group ? [`group ${nameOf(group.id)}`] : []),
    `${role} ${scope}`,
    permission,
  ]
  return `${steps.join(' → ')}${until === undefined ? '' : ` (until ${momentText(until)})`}`
}

function throughSteps(
  { guest, connection, maximum, standing }: NonNullable<Path['through']>,
  nameOf: NameOf,
): string[] {
  const roles = [...new Set(standing.map(({ role }) => nameOf(role.id)))]
  return [
    `${roles.length === 0 ? 'no standing' : roles.join(' or ')} at ${nameOf(guest)}`,
    `connection ${nameOf(connection)}, at most ${nameOf(maximum.id)}`,
  ]
}
