import { findConnection, transaction, verifyEvents, writeChanges } from '@keyholder/storage'
import type { AccountId, ConnectionId, RoleId } from '@keyholder/core'
import { writeWorld } from '@keyholder/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../new-id.ts'
import { importSentence } from './import-refusal.ts'
import { importWorld } from './import-world.ts'
import { openImports } from './imports.fixture.ts'

const { asOwner, clear, deps, everything, exported, imported, read, worldOf } = await openImports()
beforeEach(clear)

const contoso = `
  contoso:
    organizations: { rome: {}, milan: { name: Milan office } }
    users: { dana: { name: Dana Voss, superuser: true }, frida: {} }
    groups: { crew: { members: [dana] } }
    grants:
      - { to: frida, role: editor, on: rome }`
const nightowl = `
  nightowl:
    users: { erik: { superuser: true } }
    groups: { shift: { members: [erik] } }`
/** Both know each other: a person and a connection. */
const together = `${contoso}
      - { to: 'connection:nightowl', on: milan }
      - { to: erik, role: read-only }
    external: { erik: {} }
    connections: { nightowl: { maximum: editor, delegates: 'group:shift', status: active } }${nightowl}`

async function refusalOf(world: string): Promise<string> {
  const before = await everything()
  const result = await importWorld(deps, worldOf(world))
  expect(await everything()).toEqual(before)
  return result.ok ? 'imported' : importSentence(result.refusal)
}

describe('an import leaves alone what its world does not speak of', () => {
  test('another account, and what ties it to those that it names', async () => {
    await imported(worldOf(together))
    const before = await everything()

    const alone = await exported(worldOf(contoso))
    expect(alone.accounts[0]).toMatchObject({ external: [], connections: [] })
    expect(await imported(alone)).toMatchObject([{ slug: 'contoso', changed: false }])
    expect(await everything()).toEqual(before)
  })

  test('a connection that is over and whose maximum role was deleted since', async () => {
    const ended = together.replace('maximum: editor', 'maximum: ceiling').replace('active', 'ended')
    const role = "    roles: { ceiling: { permissions: ['document.view'] } }\n"
    const world = worldOf(
      ended.replace('    users:', `${role}    users:`).replace(/.*connection:nightowl.*\n/, ''),
    )
    await imported(world)
    await transaction(deps.db, 'deployment', async (tx) => {
      const [row] = await asOwner<{ id: RoleId; account: AccountId }>(
        'select id, account_id as account from roles',
      )
      if (!row) throw new Error('there is no role')
      await writeChanges(tx, world.blueprint, row.account, [{ kind: 'role_removed', id: row.id }])
    })
    const before = await everything()

    const now = await exported(world)
    expect(now.accounts[0]).toMatchObject({ slug: 'contoso', connections: [] })
    expect(await imported(read(writeWorld(now)))).toMatchObject([{ changed: false }, { changed: false }])
    expect(await everything()).toEqual(before)
  })

  test('keys, invitations and settings of the accounts that it names', async () => {
    await imported(worldOf(contoso))
    await asOwner(
      `insert into api_keys (id, account_id, name, secret_hash, hint, scopes)
       select 'key_1', id, 'Backup', 'hash', 'abcd', '{document.view}' from accounts`,
    )
    await asOwner(`update accounts set settings = '{"a": 1}', certified_provider = true`)
    await imported(worldOf(contoso.replace('Dana Voss', 'Dana V.')))

    expect(await asOwner('select settings, certified_provider from accounts')).toEqual([
      { settings: { a: 1 }, certified_provider: true },
    ])
    expect(await asOwner('select name from api_keys where revoked_at is null')).toEqual([{ name: 'Backup' }])
  })
})

describe('people', () => {
  const people = () =>
    asOwner('select external_id, email, name, verified_at is not null as verified from users order by email')

  test('are known by the key that an import gave them, and may change address and name', async () => {
    await imported(worldOf(contoso))
    const ids = await asOwner('select id from users order by id')
    await imported(
      worldOf(
        contoso
          .replace('frida: {}', 'frida: { email: dana@contoso.example }')
          .replace('Dana Voss', 'Dana Voss, email: frida@contoso.example'),
      ),
    )

    expect(await asOwner('select id from users order by id')).toEqual(ids)
    expect(await people()).toEqual([
      { external_id: 'frida', email: 'dana@contoso.example', name: null, verified: true },
      { external_id: 'dana', email: 'frida@contoso.example', name: 'Dana Voss', verified: true },
    ])
  })

  test('who came by another way are known by their address, and keep what they are called by', async () => {
    await imported(worldOf(contoso))
    await asOwner(`update users set external_id = null`)
    const before = await everything()

    const written = await exported(worldOf(contoso))
    expect(written.accounts[0]?.users.map(({ key }) => key)).toEqual([
      'dana@contoso.example',
      'frida@contoso.example',
    ])
    await imported(written)
    expect(await everything()).toEqual(before)

    await imported(worldOf(contoso))
    expect((await people()).map((person) => person)).toMatchObject([
      { external_id: 'dana' },
      { external_id: 'frida' },
    ])
  })

  test('who have one external id in two accounts are told apart by their addresses', async () => {
    await imported(worldOf(contoso))
    await imported(worldOf(`\n  nightowl:\n    users: { dana: {} }`))
    const before = await everything()

    const both = await exported(worldOf(together))
    expect(both.accounts.flatMap(({ users }) => users.map(({ key }) => key))).toEqual([
      'dana@contoso.example',
      'frida',
      'dana@nightowl.example',
    ])
    await imported(both)
    expect(await everything()).toEqual(before)
  })

  test('who are left out of every account have no login any more', async () => {
    await imported(worldOf(contoso))
    await imported(
      worldOf(contoso.replace(', frida: {}', '').replace('- { to: frida, role: editor, on: rome }', '[]')),
    )

    expect(await asOwner('select external_id from users')).toEqual([{ external_id: 'dana' }])
  })
})

test('a proposed connection waits for its guest to answer', async () => {
  await imported(worldOf(together.replace('status: active', 'status: proposed')))
  const [row] = await asOwner<{ id: ConnectionId; guest: AccountId }>(
    'select id, guest_account_id as guest from connections',
  )
  if (!row) throw new Error('there is no connection')

  const found = await transaction(deps.db, [row.guest], (tx) => findConnection(tx, row.guest, row.id))
  expect(found?.agreement.offer).toMatchObject({ by: 'host', terms: { maximum: 'editor' } })
})

describe('the log', () => {
  test('tells of the import and of each thing that it changed, in both accounts of a connection', async () => {
    await imported(worldOf(together))

    const accounts = await asOwner<{ id: AccountId; slug: string }>(
      'select id, slug from accounts order by slug',
    )
    const chains = []
    for (const { id } of accounts) chains.push(await transaction(deps.db, [id], (tx) => verifyEvents(tx, id)))
    expect(chains.map(({ ok }) => ok)).toEqual([true, true])

    const events = await asOwner<{ slug: string; action: string; actor_id: string; hash: string }>(
      'select a.slug, e.action, e.actor_id, e.hash from events e join accounts a on a.id = e.account_id order by slug, seq',
    )
    expect(new Set(events.map(({ actor_id }) => actor_id))).toEqual(new Set(['command_line']))
    const actions = (of: string) =>
      new Set(events.filter(({ slug }) => slug === of).map(({ action }) => action))
    const expected = `account.create connection.create grant.create group.add_member group.create member.create
      organization.create user.create world.import`
    expect([...actions('contoso')].toSorted()).toEqual(expected.split(/\s+/))
    const ofConnection = events.filter(({ action }) => action === 'connection.create')
    expect(ofConnection.map(({ slug }) => slug)).toEqual(['contoso', 'nightowl'])
    expect(new Set(ofConnection.map(({ hash }) => hash)).size).toBe(1)
  })
})

describe('an import is refused whole, with a sentence', () => {
  test('where the deployment runs on another blueprint', async () => {
    await imported(worldOf(contoso))
    const result = await importWorld(deps, read('blueprint: measurement\naccounts: { contoso: {} }'))

    expect(result).toMatchObject({ ok: false, refusal: { code: 'blueprint_differs' } })
  })

  test('where an address belongs to somebody of another account', async () => {
    await imported(worldOf(contoso))

    expect(await refusalOf(`\n  nightowl: { users: { frida: { email: frida@contoso.example } } }`)).toContain(
      '`frida@contoso.example` is the address of somebody in the account `contoso`',
    )
  })

  test('where it would leave an account without a superuser', async () => {
    await imported(worldOf(together))

    expect(await refusalOf(contoso.replace('superuser: true', 'status: suspended'))).toContain(
      '`contoso` would be left without an active superuser',
    )
  })

  test('where two roles would exchange their names', async () => {
    const roles = (one: string, other: string) =>
      `\n  contoso:\n    roles: { a: { name: ${one}, permissions: [] }, b: { name: ${other}, permissions: [] } }`
    await imported(worldOf(roles('Night watch', 'Day watch')))

    expect(await refusalOf(roles('Day watch', 'Night watch'))).toContain('rename what is in the way first')
  })
})

test('two imports of one world at once bring about one state', async () => {
  const world = worldOf(together)
  const results = await Promise.all([importWorld(deps, world), importWorld({ ...deps, newId }, world)])
  await imported(world)

  expect(results.some(({ ok }) => ok)).toBe(true)
  expect(await asOwner('select count(*)::int as people from users')).toEqual([{ people: 3 }])
  expect(await imported(world)).toMatchObject([{ changed: false }, { changed: false }])
})
