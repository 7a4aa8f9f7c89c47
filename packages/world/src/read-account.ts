import type { AccountInWorldFile } from '@keyholder/contract'
import { readConnections } from './read-connections.ts'
import { readGrants } from './read-grants.ts'
import { readRole } from './read-role.ts'
import { readGroupMember } from './read-subject.ts'
import { readUsers } from './read-users.ts'
import { accountReading, fault, refer, type Reading, type AccountReading } from './reading.ts'
import type { WorldAccount, WorldExternal, WorldGroup } from './world.ts'

/** Reads one account of a world file, and follows its references. */
export function readAccount(whole: Reading, slug: string, account: AccountInWorldFile): WorldAccount {
  const reading = accountReading(whole, slug, account)
  return {
    slug,
    name: account.name ?? slug,
    status: account.status ?? 'active',
    organizations: Object.entries(account.organizations ?? {}).map(([key, { name }]) => ({
      key,
      name: name ?? key,
    })),
    roles: Object.entries(account.roles ?? {}).map(([key, role]) => readRole(reading, key, role)),
    users: readUsers(reading),
    external: readExternal(reading),
    groups: readGroups(reading),
    grants: readGrants(reading),
    connections: readConnections(reading),
  }
}

function readExternal(reading: AccountReading): WorldExternal[] {
  return Object.entries(reading.account.external ?? {}).map(([user, { status }]) => {
    const path = [...reading.path, 'external', user]
    const home = reading.homes.get(user)
    if (home === undefined) refer(reading, path, 'user', user, reading.homes, 'key')
    if (home === reading.slug) {
      fault(reading, path, 'not_allowed', `\`${user}\` is at home here, and so cannot be external`, 'key')
    }
    return { user, status: status ?? 'active' }
  })
}

function readGroups(reading: AccountReading): WorldGroup[] {
  return Object.entries(reading.account.groups ?? {}).map(([key, group]) => {
    const path = [...reading.path, 'groups', key, 'members']
    const once = new Set<string>()
    const members = (group.members ?? []).map((text, index) => {
      if (once.has(text))
        fault(reading, [...path, index], 'not_unique', `\`${text}\` is in this group already`)
      once.add(text)
      return readGroupMember(reading, [...path, index], text)
    })
    return { key, name: group.name ?? key, kind: group.kind ?? 'manual', members }
  })
}
