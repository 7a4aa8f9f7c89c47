import type { AccountInWorldFile } from '@keyholder/contract'
import { readConnections } from './read-connections.ts'
import { readGrants } from './read-grants.ts'
import { readGroups } from './read-groups.ts'
import { readRoles } from './read-roles.ts'
import { readUsers } from './read-users.ts'
import { accountReading, fault, refer, type Reading, type AccountReading } from './reading.ts'
import type { WorldAccount, WorldExternal } from './world.ts'

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
    roles: readRoles(reading),
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
