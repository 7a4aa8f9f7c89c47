import type { AccessChange, ConnectionId, RoleId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeChanges } from '../access/write-changes.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import { listGrants, type GrantFilter } from '../grant/grants.ts'
import { acme, globex, group, makeTeam, milan, user } from '../team.fixture.ts'
import { listGroupMembers } from './group-members.ts'
import { describeGroup, findGroup, listGroups, type GroupFilter } from './groups.ts'

const night = 'con_night' as ConnectionId

describe('groups and their grants', async () => {
  const database = await testDatabase()
  const db = database.open()
  beforeAll(async () => {
    await makeTeam(db, Date.now())
    const changes: AccessChange[] = [
      {
        kind: 'connection_set',
        connection: {
          id: night,
          host: acme,
          guest: globex,
          maximum: 'editor' as RoleId,
          delegates: 'everyone',
          status: 'active',
        },
      },
      { kind: 'group_member_added', group: group('night'), member: { kind: 'connection', id: night } },
      {
        kind: 'grant_set',
        grant: { id: 'grt_con' as never, subject: { kind: 'connection', id: night }, organization: milan },
      },
    ]
    await transaction(db, [acme], (tx) => writeChanges(tx, blueprint, acme, changes))
  })

  test.each<[string, GroupFilter, string[]]>([
    ['all', {}, ['field', 'night']],
    ['part of the name', { text: 'NIGHT' }, ['night']],
    ['a member', { member: user('dana') }, ['field']],
    ['a connection in it', { member: night }, ['night']],
    ['its kind', { kind: 'sso' }, []],
  ])('groups are found by %s', async (_, filter, expected) => {
    const page = await transaction(db, [acme], (tx) =>
      listGroups(tx, acme, filter, { limit: 25, sort: 'name' }),
    )
    expect(page.rows.map(({ key }) => key)).toEqual(expected)
    expect(page.total).toBe(expected.length)
  })

  test('a group is told with how many are in it, by id or key', async () => {
    const byKey = await transaction(db, [acme], (tx) => findGroup(tx, acme, 'night'))
    expect(byKey).toMatchObject({ id: group('night'), users: 1, connections: 1, description: '' })

    await transaction(db, [acme], (tx) => describeGroup(tx, acme, group('night'), 'After six'))
    expect(await transaction(db, [acme], (tx) => findGroup(tx, acme, group('night')))).toMatchObject({
      description: 'After six',
      version: (byKey?.version ?? 0) + 1,
    })
  })

  test('its members are people and connections, by name', async () => {
    const page = await transaction(db, [acme], (tx) =>
      listGroupMembers(tx, acme, group('night'), { limit: 25, sort: 'name' }),
    )
    expect(page.rows).toMatchObject([
      { kind: 'user', id: user('asa'), email: 'asa@acme.example', name: 'Åsa Öberg' },
      { kind: 'connection', id: night, slug: 'globex', name: 'Globex' },
    ])
    expect(page.total).toBe(2)
  })

  test.each<[string, GrantFilter, string[]]>([
    ['whom', { subject: { kind: 'user', id: user('dana') } }, ['Dana Voss: viewer']],
    [
      'a kind of subject',
      { subjectKind: 'group' },
      ['The field team: editor on Milan', 'The night team: editor'],
    ],
    ['what', { role: 'superuser' as RoleId }, ['Frida: superuser']],
    ['where', { organization: milan }, ['Globex: the maximum on Milan', 'The field team: editor on Milan']],
    ['where one may look', { among: [milan], subjectKind: 'group' }, ['The field team: editor on Milan']],
    ['being over the whole account', { whole: true, subjectKind: 'group' }, ['The night team: editor']],
    [
      'counting now',
      { role: 'viewer' as RoleId, current: true },
      ['Dana Voss: viewer', 'Erik Berg: viewer on Rome office'],
    ],
  ])('grants are found by %s', async (_, filter, expected) => {
    const page = await transaction(db, [acme], (tx) =>
      listGrants(tx, acme, filter, { limit: 25, sort: 'subject' }),
    )
    const told = page.rows.map(({ grant, subjectName, organizationName }) =>
      [`${subjectName}: ${grant.role ?? 'the maximum'}`, organizationName].filter(Boolean).join(' on '),
    )
    expect(told).toEqual(expected)
    expect(page.total).toBe(expected.length)
  })

  test.each(['created_at', 'role', '-organization', 'ends_at', '-subject'])(
    'grants sorted by %s come page by page without a gap',
    async (sort) => {
      const read = (limit: number, after?: Parameters<typeof listGrants>[3]['after']) =>
        transaction(db, [acme], (tx) => listGrants(tx, acme, {}, { limit, sort, after }))
      const whole = (await read(100)).rows.map(({ grant }) => grant.id)

      const paged: string[] = []
      let page = await read(3)
      for (;;) {
        paged.push(...page.rows.map(({ grant }) => grant.id))
        if (!page.next) break
        page = await read(3, page.next)
      }
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(8)
    },
  )
})
