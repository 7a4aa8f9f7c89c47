import type { Email, RoleId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeChanges } from '../access/write-changes.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import type { PageRequest } from '../paging/page.ts'
import { acme, day, globex, grant, group, makeTeam, milan, rome, user } from '../team.fixture.ts'
import type { PeopleFilter } from './people-filter.ts'
import { findPersonIn, listPeople } from './people.ts'
import { deleteUser, findUser, findUserByEmail, insertUser, touchMember, updateUser } from './users.ts'

describe('the people of an account', async () => {
  const database = await testDatabase()
  const db = database.open()
  const now = Date.now()
  beforeAll(() => makeTeam(db, now))

  const list = (filter: PeopleFilter, request: Partial<PageRequest> = {}) =>
    transaction(db, [acme], (tx) => listPeople(tx, acme, filter, { limit: 25, sort: 'name', ...request }))
  const names = async (filter: PeopleFilter, request?: Partial<PageRequest>) => {
    const { rows, total } = await list(filter, request)
    expect(total).toBe(rows.length)
    return rows.map((person) => person.user.slice(4))
  }

  test.each<[string, PeopleFilter, string[]]>([
    [
      'all of them, by name, or by address where there is none',
      {},
      ['asa', 'dana', 'erik', 'frida', 'hugo', 'ines', 'xavier'],
    ],
    ['those at home', { kind: 'home' }, ['asa', 'dana', 'erik', 'frida', 'hugo', 'ines']],
    ['those from elsewhere', { kind: 'external' }, ['xavier']],
    ['part of a name, whatever its case', { text: 'vOSs' }, ['dana']],
    ['part of a name, whatever its marks', { text: 'asa ob' }, ['asa']],
    ['part of an address, domain included', { text: '@globex' }, ['xavier']],
    ['signs that are patterns elsewhere, as what they are', { text: '%' }, []],
    ['one underscore', { text: '_' }, []],
    ['a role that they have over the account now', { roles: ['viewer' as RoleId] }, ['dana']],
    ['any of several roles', { roles: ['viewer' as RoleId, 'superuser' as RoleId] }, ['dana', 'frida']],
    [
      'a role together with a text',
      { roles: ['viewer' as RoleId, 'superuser' as RoleId], text: 'frida' },
      ['frida'],
    ],
    [
      'no role over the account, their own or a group’s',
      { restricted: true },
      ['erik', 'hugo', 'ines', 'xavier'],
    ],
    ['restricted at home', { restricted: true, kind: 'home' }, ['erik', 'hugo', 'ines']],
    ['not restricted', { restricted: false }, ['asa', 'dana', 'frida']],
    ['a group', { group: group('field') }, ['dana', 'xavier']],
    [
      'access to an organization: there, through a group, or over the account',
      { organization: rome },
      ['asa', 'dana', 'erik', 'frida'],
    ],
    ['access to another organization', { organization: milan }, ['asa', 'dana', 'frida', 'xavier']],
    [
      'access to any of some organizations',
      { among: [rome, milan] },
      ['asa', 'dana', 'erik', 'frida', 'xavier'],
    ],
    ['access to no organization', { among: [] }, ['asa', 'dana', 'frida']],
    ['their status', { status: 'suspended' }, ['hugo']],
    ['whether their address is verified', { verified: false }, ['asa', 'hugo']],
    ['their ids', { users: [user('ines'), user('asa')] }, ['asa', 'ines']],
    [
      'never having been seen',
      { seenBefore: now },
      ['asa', 'dana', 'erik', 'frida', 'hugo', 'ines', 'xavier'],
    ],
  ])('are found by %s', async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected)
  })

  test.each([
    ['name', ['asa', 'dana', 'erik', 'frida', 'hugo', 'ines', 'xavier']],
    ['-name', ['xavier', 'ines', 'hugo', 'frida', 'erik', 'dana', 'asa']],
    ['email', ['asa', 'dana', 'erik', 'frida', 'hugo', 'ines', 'xavier']],
    ['role', ['frida', 'dana', 'asa', 'erik', 'hugo', 'ines', 'xavier']],
    ['verified', ['asa', 'hugo', 'dana', 'erik', 'frida', 'ines', 'xavier']],
    ['-status', ['hugo', 'xavier', 'ines', 'frida', 'erik', 'dana', 'asa']],
    ['kind', ['xavier', 'asa', 'dana', 'erik', 'frida', 'hugo', 'ines']],
  ])('are sorted by %s, and come page by page in that order', async (sort, expected) => {
    for (const filter of [{}, { text: 'e' }]) {
      const paged: string[] = []
      let after: PageRequest['after']
      do {
        const page = await list(filter, { limit: 2, sort, after })
        expect(page.total).toBe(expected.length)
        paged.push(...page.rows.map((person) => person.user.slice(4)))
        after = page.next
      } while (after)

      expect(paged).toEqual(expected)
    }
  })

  test('are told with their own roles over the account, groups and home', async () => {
    const dana = await transaction(db, [acme], (tx) => findPersonIn(tx, acme, user('dana')))
    expect(dana).toMatchObject({
      email: 'dana@acme.example',
      name: 'Dana Voss',
      kind: 'home',
      status: 'active',
      verified: true,
      externalId: 'dana',
      home: { id: acme, slug: 'acme', name: 'Acme' },
      defaults: [{ role: 'viewer', subject: { kind: 'user', id: user('dana') } }],
      groups: [group('field')],
    })

    const xavier = await transaction(db, [acme], (tx) => findPersonIn(tx, acme, user('xavier')))
    expect(xavier).toMatchObject({ kind: 'external', home: { slug: 'globex', name: 'Globex' }, defaults: [] })
    const hugo = await transaction(db, [acme], (tx) => findPersonIn(tx, acme, user('hugo')))
    expect(hugo).toMatchObject({ status: 'suspended', defaults: [{ role: 'viewer', endsAt: now - day }] })
    expect(await transaction(db, [acme], (tx) => findPersonIn(tx, acme, user('nobody')))).toBeUndefined()
  })

  test('have the roles that were granted, changed and taken away last', async () => {
    const temporary = grant(user('erik'), 'viewer')
    if (temporary.kind !== 'grant_set') throw new Error('not a grant')
    const write = (...changes: Parameters<typeof writeChanges>[3]) =>
      transaction(db, [acme], (tx) => writeChanges(tx, blueprint, acme, changes))
    const isFound = async (role: string) =>
      (await names({ roles: [role as RoleId], text: 'erik' })).length === 1

    await write(temporary)
    expect(await isFound('viewer')).toBe(true)
    await write({ kind: 'grant_set', grant: { ...temporary.grant, role: 'editor' as RoleId } })
    expect([await isFound('viewer'), await isFound('editor')]).toEqual([false, true])
    await write({ kind: 'grant_set', grant: { ...temporary.grant, organization: milan } })
    expect(await isFound('editor')).toBe(false)
    expect(await names({ restricted: true, text: 'erik' })).toEqual(['erik'])
    await write({ kind: 'grant_set', grant: { ...temporary.grant, endsAt: now + day } })
    expect(await isFound('viewer')).toBe(true)
    await write({ kind: 'grant_set', grant: { ...temporary.grant, organization: rome } })
    expect(await isFound('viewer')).toBe(false)
    await write({ kind: 'grant_removed', id: temporary.grant.id })
    expect(await names({ restricted: true, text: 'erik' })).toEqual(['erik'])
  })

  test('are found by their new name and address in every account, wherever they were renamed', async () => {
    await transaction(db, [globex], async (tx) => {
      const xavier = await findUser(tx, user('xavier'))
      if (!xavier) throw new Error('Xavier is gone')
      await updateUser(tx, { ...xavier, name: 'Čapek', email: 'karel@globex.example' as Email })
    })

    expect(await names({ text: 'capek' })).toEqual(['xavier'])
    expect(await names({ text: 'karel@' })).toEqual(['xavier'])
    expect(await names({ text: 'xavier' })).toEqual([])
  })

  test('are seen to the minute', async () => {
    await transaction(db, [acme], (tx) => touchMember(tx, acme, user('dana')))
    const seen = async () =>
      (await transaction(db, [acme], (tx) => findPersonIn(tx, acme, user('dana'))))?.lastSeenAt

    const first = await seen()
    await transaction(db, [acme], (tx) => touchMember(tx, acme, user('dana')))
    expect(first).toBeInstanceOf(Date)
    expect(await seen()).toEqual(first)
    expect(await names({ seenFrom: now - day })).toEqual(['dana'])
    expect((await list({}, { sort: 'last_seen_at' })).rows[0]?.user).toBe(user('dana'))
    expect((await list({}, { sort: '-last_seen_at' })).rows[0]?.user).toBe(user('dana'))
  })
})

describe('a person', async () => {
  const database = await testDatabase()
  const db = database.open()
  beforeAll(() => makeTeam(db, Date.now()))
  const newcomer = { id: user('newcomer'), home: acme, email: 'new@acme.example' as Email }

  test('has an address that nobody else has, in any account', async () => {
    const taken = { ...newcomer, email: 'xavier@globex.example' as Email }
    expect(await transaction(db, [acme], (tx) => insertUser(tx, taken))).toBe(false)
    expect(await transaction(db, [acme], (tx) => insertUser(tx, { ...newcomer, externalId: 'dana' }))).toBe(
      false,
    )

    expect(await transaction(db, [acme], (tx) => insertUser(tx, newcomer))).toBe(true)
    expect(await transaction(db, [acme], (tx) => findUserByEmail(tx, newcomer.email))).toMatchObject({
      ...newcomer,
      language: 'en',
      version: 1,
    })
  })

  test('may have a name that grows when it is folded', async () => {
    const name = '\ufdfa'.repeat(200) // each is eighteen letters
    const grown = { id: user('grown'), home: acme, email: 'grown@acme.example' as Email, name }
    await transaction(db, [acme], async (tx) => {
      await insertUser(tx, grown)
      await writeChanges(tx, blueprint, acme, [
        { kind: 'member_set', member: { user: grown.id, kind: 'home', status: 'active', home: acme } },
        {
          kind: 'role_set',
          role: { id: 'rol_1' as RoleId, key: 'grown', name, permissions: blueprint.guarded },
        },
        { kind: 'group_set', group: { id: group('grown'), key: 'grown', name, kind: 'manual' } },
      ])
    })

    const page = await transaction(db, [acme], (tx) =>
      listPeople(tx, acme, { text: name }, { limit: 1, sort: 'name' }),
    )
    expect(page.rows).toMatchObject([{ user: grown.id, name }])
  })

  test('keeps the login as long as there is an account to go to', async () => {
    expect(await transaction(db, [acme], (tx) => deleteUser(tx, user('dana')))).toBe(false)
    expect(await transaction(db, [acme], (tx) => deleteUser(tx, newcomer.id))).toBe(true)
    expect(await transaction(db, [acme], (tx) => findUser(tx, newcomer.id))).toBeUndefined()
  })
})
