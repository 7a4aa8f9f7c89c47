import {
  effective,
  has,
  isCurrent,
  type AccountFacts,
  type Directory,
  type Grant,
  type OrganizationId,
  type Permission,
  type UserId,
} from '@keyholder/core'
import { now, type GeneratedWorld } from './generate-world.ts'

/** Where a role is held: one organization, or every one. */
export type Place = OrganizationId | 'everywhere'

/**
 * A generated world in the words that the peers know: users hold named roles in places, and a role is a list of
 * permissions. Groups are resolved, the moment is fixed, and what a connection leaves is a role of its own, since no
 * peer has a word for a ceiling. So each peer is given less work than Keyholder, and the same answers to reach.
 */
export interface Assignments {
  readonly roles: ReadonlyMap<string, readonly Permission[]>
  readonly held: readonly { readonly user: UserId; readonly place: Place; readonly role: string }[]
}

export function assignmentsOf(world: GeneratedWorld, directory: Directory): Assignments {
  const account = world.facts.accounts.get(world.host)
  if (!account) throw new Error('a generated world has its host account')

  const roles = new Map<string, readonly Permission[]>()
  const held = new Map<string, Assignments['held'][number]>()
  const assign = (user: UserId, place: Place, role: string) =>
    held.set(`${user} ${place} ${role}`, { user, place, role })

  const known = [...world.facts.blueprint.roles, ...account.roles]
  for (const { id, permissions } of known) roles.set(id, permissionsIn(world, permissions))
  for (const grant of account.grants.filter((each) => isCurrent(each, now) && each.role !== undefined)) {
    for (const user of membersReached(account, grant))
      assign(user, grant.organization ?? 'everywhere', grant.role ?? '')
  }
  for (const user of world.users) {
    if (!isConnected(account, user)) continue
    for (const organization of world.organizations) {
      const set = effective(directory, user, world.host, organization, now)
      const role = `limited ${[...set].join(' ')}`
      roles.set(role, permissionsIn(world, set))
      assign(user, organization, role)
    }
  }
  return { roles, held: [...held.values()] }
}

function permissionsIn(world: GeneratedWorld, set: Parameters<typeof has>[0]): Permission[] {
  return world.facts.blueprint.permissions.filter(
    ({ bit, level }) => level === 'organization' && has(set, bit),
  )
}

function membersReached(account: AccountFacts, { subject }: Grant): UserId[] {
  if (subject.kind === 'user') return [subject.id]
  const group = account.groups.find(({ id }) => id === subject.id)
  return group?.members.flatMap((member) => (member.kind === 'user' ? [member.id] : [])) ?? []
}

function isConnected(account: AccountFacts, user: UserId): boolean {
  const home = account.connections.some(({ guest }) => user.startsWith(`usr_${guest}_`))
  return home
}
