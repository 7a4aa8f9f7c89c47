import type { AccountFacts, Facts } from '../access/facts.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { Bounds, Subject } from '../grant/grant.ts'
import { has, type PermissionSet } from '../role/permission-set.ts'

/** A world as a few lines that a person can read and think through. */
export function printWorld({ blueprint, accounts }: Facts): string {
  return [...accounts.values()].map((account) => printAccount(blueprint, account).join('\n')).join('\n')
}

function printAccount(blueprint: Blueprint, account: AccountFacts): string[] {
  return [
    `${account.id}${account.status === 'suspended' ? ' (suspended)' : ''}: ${account.organizations.join(', ')}`,
    ...account.roles.map(
      ({ id, permissions, organizations }) =>
        `  role ${id}: ${printSet(blueprint, permissions)}${organizations ? `, bound to [${organizations.join(', ')}]` : ''}`,
    ),
    `  members: ${account.members.map(({ user, kind, status }) => [user, kind, status].filter((word) => word !== 'home' && word !== 'active').join(' ')).join(', ')}`,
    ...account.groups.map(
      ({ id, kind, members }) => `  ${kind} group ${id}: ${members.map((member) => member.id).join(', ')}`,
    ),
    ...account.connections.map(
      (connection) =>
        `  lets in ${connection.guest} as ${connection.maximum}, ${connection.delegates}, ${connection.status}${printBounds(connection)}`,
    ),
    ...account.grants.map(
      (grant) =>
        `  ${grant.id}: ${grant.role ?? 'no role'} to ${printSubject(grant.subject)}${grant.organization ? ` on ${grant.organization}` : ''}${printBounds(grant)}`,
    ),
  ]
}

function printSubject({ kind, id }: Subject): string {
  return kind === 'user' ? id : `${kind} ${id}`
}

function printBounds({ startsAt, endsAt }: Bounds): string {
  return `${startsAt === undefined ? '' : ` from ${startsAt}`}${endsAt === undefined ? '' : ` until ${endsAt}`}`
}

export function printSet(blueprint: Blueprint, set: PermissionSet): string {
  const held = [...blueprint.bits].filter(([, bit]) => has(set, bit)).map(([form]) => form)
  return `{${held.join(' ')}}`
}
