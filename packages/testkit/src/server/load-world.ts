import type { AccessChange, AccountFacts, Blueprint, Connection, KeyId } from '@keyholder/core'
import {
  describeConnection,
  describeOrganization,
  folded,
  transaction,
  writeChanges,
  type Database,
  type Tx,
} from '@keyholder/storage'
import { factsOfWorld, worldIds, type World, type WorldAccount } from '@keyholder/world'

/** Puts a world into an empty database, with the ids that `worldIds` makes of its keys, and without events. */
export async function loadWorld(db: Database, world: World): Promise<void> {
  const facts = [...factsOfWorld(world).accounts.values()]
  await transaction(db, 'deployment', async (tx) => {
    for (const account of world.accounts) await insertAccount(tx, account)
    for (const account of world.accounts) await insertPeople(tx, account)
    // Connections refer to the guests' groups, and grants to connections: so all accounts take each step together.
    for (const step of [places, connections, access]) {
      for (const account of facts) await writeStep(tx, world.blueprint, account, step(account))
    }
    for (const account of world.accounts) await describe(tx, account)
    for (const { connections: made } of facts) for (const connection of made) await tellStory(tx, connection)
  })
}

async function insertAccount(tx: Tx, { slug, name, status }: WorldAccount): Promise<void> {
  await tx
    .insertInto('accounts')
    .values({ id: worldIds.account(slug), slug, name, status })
    .execute()
}

async function insertPeople(tx: Tx, { slug, users }: WorldAccount): Promise<void> {
  for (const { key, email, name } of users) {
    await tx
      .insertInto('users')
      .values({
        id: worldIds.user(key),
        home_account_id: worldIds.account(slug),
        email,
        name,
        external_id: key,
        sort_name: folded(name),
        search_text: folded(`${name} ${email}`),
        verified_at: new Date(0),
      })
      .execute()
  }
}

function places({ organizations, roles, members, groups }: AccountFacts): AccessChange[] {
  return [
    ...organizations.map((id) => ({ kind: 'organization_set' as const, id })),
    ...roles.map((role) => ({ kind: 'role_set' as const, role })),
    ...members.map((member) => ({ kind: 'member_set' as const, member })),
    ...groups.map(({ members: _, ...group }) => ({ kind: 'group_set' as const, group })),
  ]
}

function connections(account: AccountFacts): AccessChange[] {
  return account.connections.map((connection) => ({ kind: 'connection_set', connection }))
}

function access({ groups, grants }: AccountFacts): AccessChange[] {
  return [
    ...groups.flatMap(({ id, members }) =>
      members.map((member) => ({ kind: 'group_member_added' as const, group: id, member })),
    ),
    ...grants.map((grant) => ({ kind: 'grant_set' as const, grant })),
  ]
}

async function writeStep(
  tx: Tx,
  blueprint: Blueprint,
  { id }: AccountFacts,
  changes: readonly AccessChange[],
): Promise<void> {
  if (changes.length > 0) await writeChanges(tx, blueprint, id, changes)
}

async function describe(tx: Tx, { slug, organizations }: WorldAccount): Promise<void> {
  for (const { key, name } of organizations) {
    await describeOrganization(tx, worldIds.account(slug), worldIds.organization(slug, key), { key, name })
  }
}

/** A world knows how a connection stands, and not who proposed it. */
async function tellStory(tx: Tx, connection: Connection): Promise<void> {
  const author = { kind: 'operator', id: 'key_world' as KeyId } as const
  const { maximum, startsAt, endsAt, status } = connection
  const terms = { maximum, assurance: 'none', startsAt, endsAt } as const
  const offer = { by: 'host', author, at: 0, terms, groups: [], openings: [] } as const
  await describeConnection(tx, {
    connection,
    assurance: 'none',
    proposedBy: author,
    proposedAt: 0,
    ...(status === 'proposed' && { offer }),
  })
}
