import { describe, expect, test } from 'vitest'
import { blueprintFiles } from './files.ts'
import { faultLine } from './fault.ts'
import { parseWorld } from './parse-world.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')
const options = { file: 'w.yaml', blueprints: blueprintFiles('.'), now: noon }

function read(text: string) {
  const world = parseWorld(text, options)
  if (!world.ok) throw new Error(world.refusal.map(faultLine).join('\n'))
  return world.value
}

function faults(text: string): readonly string[] {
  const world = parseWorld(text, options)
  return world.ok ? [] : world.refusal.map(faultLine)
}

/** The account of this name in a world of two. */
function contoso(lines: string): string {
  return `blueprint: documentation
accounts:
  nightowl:
    users: { olga: {} }
    groups: { night-shift: { members: [olga] } }
  contoso:
    organizations: { rome: {}, milan: {} }
    users: { dana: {} }
${lines.replaceAll(/^/gm, '    ')}
`
}

describe('a world file', () => {
  test('holds accounts with everything that decides access in them', () => {
    const world = read(`
blueprint: documentation
now: 2026-11-21T12:00:00Z
accounts:
  contoso:
    name: Contoso
    organizations: { rome: { name: Rome office }, milan: {} }
    roles:
      archivist: { permissions: [document.delete, document.view, ticket.view:own], organizations: [rome] }
    users:
      dana: { email: Dana@Contoso.example, name: Dana Voss }
      frida: { superuser: true }
      otto: { status: suspended }
    external: { erik: { status: active } }
    groups:
      level-1: { members: [dana, erik, "connection:nightowl"] }
      from-idp: { kind: sso, members: [dana] }
    grants:
      - { to: dana, role: editor }
      - { to: erik, role: archivist, on: rome, until: 2026-12-31T00:00:00Z }
      - { to: "group:level-1", role: editor, on: milan, from: 2026-11-01T00:00:00+01:00 }
      - { to: "connection:nightowl", on: rome }
    connections:
      nightowl: { maximum: editor, delegates: "group:night-shift", status: paused, until: 2027-01-01T00:00:00Z }
  nightowl:
    users: { erik: {} }
    groups: { night-shift: {} }
questions:
  - { who: dana, may: document.edit, in: contoso/milan, owner: erik, expect: true, why: she edits }
  - { who: erik, may: account.view, in: contoso }
`)

    expect(world).toMatchObject({ blueprintName: 'documentation', now: noon })
    expect(world.accounts[0]).toEqual({
      slug: 'contoso',
      name: 'Contoso',
      status: 'active',
      organizations: [
        { key: 'rome', name: 'Rome office' },
        { key: 'milan', name: 'milan' },
      ],
      roles: [
        {
          key: 'archivist',
          name: 'archivist',
          permissions: ['document.view', 'document.delete', 'ticket.view:own'],
          organizations: ['rome'],
        },
      ],
      users: [
        { key: 'dana', email: 'dana@contoso.example', name: 'Dana Voss', status: 'active' },
        { key: 'frida', email: 'frida@contoso.example', name: 'frida', status: 'active' },
        { key: 'otto', email: 'otto@contoso.example', name: 'otto', status: 'suspended' },
      ],
      external: [{ user: 'erik', status: 'active' }],
      groups: [
        {
          key: 'level-1',
          name: 'level-1',
          kind: 'manual',
          members: [
            { kind: 'user', key: 'dana' },
            { kind: 'user', key: 'erik' },
            { kind: 'connection', guest: 'nightowl' },
          ],
        },
        { key: 'from-idp', name: 'from-idp', kind: 'sso', members: [{ kind: 'user', key: 'dana' }] },
      ],
      grants: [
        { to: { kind: 'user', key: 'frida' }, role: 'superuser' },
        { to: { kind: 'user', key: 'dana' }, role: 'editor' },
        { to: { kind: 'user', key: 'erik' }, role: 'archivist', on: 'rome', endsAt: Date.UTC(2026, 11, 31) },
        {
          to: { kind: 'group', key: 'level-1' },
          role: 'editor',
          on: 'milan',
          startsAt: Date.UTC(2026, 9, 31, 23),
        },
        { to: { kind: 'connection', guest: 'nightowl' }, on: 'rome' },
      ],
      connections: [
        {
          guest: 'nightowl',
          maximum: 'editor',
          delegates: { group: 'night-shift' },
          status: 'paused',
          endsAt: Date.UTC(2027, 0, 1),
        },
      ],
    })
    expect(world.questions).toEqual([
      {
        who: 'dana',
        may: 'document.edit',
        account: 'contoso',
        organization: 'milan',
        owner: 'erik',
        expect: true,
        why: 'she edits',
      },
      { who: 'erik', may: 'account.view', account: 'contoso' },
    ])
  })

  test('may be JSON', () => {
    const world = read(
      '{\n\t"blueprint": "documentation",\n\t"accounts": { "contoso": { "users": { "dana": {} } } }\n}',
    )

    expect(world.accounts[0]?.users[0]?.email).toBe('dana@contoso.example')
  })

  test('cannot be changed once it is read', () => {
    const world = read(contoso('grants: [{ to: dana, role: editor }]'))

    expect(Object.isFrozen(world.accounts[1]?.grants[0]?.to)).toBe(true)
  })

  test('counts relative times from its own now, else from the moment of reading', () => {
    const grants = 'grants: [{ to: dana, role: editor, from: -PT1H, until: +P1W2DT3H4M5S }]'
    const hour = 3_600_000

    expect(read(contoso(grants)).accounts[1]?.grants[0]).toMatchObject({
      startsAt: noon - hour,
      endsAt: noon + (9 * 24 + 3) * hour + 245_000,
    })
    expect(read(`now: 2020-01-01T00:00:00Z\n${contoso(grants)}`).accounts[1]?.grants[0]).toMatchObject({
      startsAt: Date.UTC(2020, 0, 1) - hour,
    })
  })
})

describe('a world file is refused whole', () => {
  test.each([
    [
      'a role that is not there',
      'grants: [{ to: dana, role: edtor }]',
      '9:32 unknown role `edtor`; did you mean `editor`?',
    ],
    [
      'a key that is not there',
      'grants: [{ to: dana, rol: editor }]',
      '9:26 unknown key `rol`; did you mean `role`?',
    ],
    [
      'a user that is not there',
      'grants: [{ to: dama, role: editor }]',
      '9:20 unknown user `dama`; did you mean `dana`?',
    ],
    [
      'a user of another account who was not let in',
      'grants: [{ to: olga, role: editor }]',
      '9:20 `olga` is at home in `nightowl`; list them under `external` of `contoso` first',
    ],
    [
      'an organization that is not there',
      'grants: [{ to: dana, role: editor, on: mialn }]',
      '9:44 unknown organization `mialn`; did you mean `milan`?',
    ],
    [
      'a group that is not there',
      'grants: [{ to: "group:x", role: editor }]',
      '9:20 unknown group `x`; there is none here',
    ],
    [
      'a connection that is not there',
      'grants: [{ to: "connection:nightowl" }]',
      '9:20 unknown connection `nightowl`; there is none here',
    ],
    [
      'a permission that is not there',
      'roles: { archivist: { permissions: [document.view, document.veiw] } }',
      '9:56 unknown permission `document.veiw`; did you mean `document.view`?',
    ],
    [
      'a limited form of a permission that has none',
      'roles: { archivist: { permissions: ["document.view:own"] } }',
      '9:41 unknown permission `document.view:own`; did you mean `document.view`?',
    ],
    [
      'a custom role under a built-in name',
      'roles: { archivist: { name: EDITOR, permissions: [] } }',
      '9:33 `EDITOR` can be taken for the built-in role Editor; choose another name',
    ],
    [
      'a custom role under a built-in key',
      'roles: { editor: { permissions: [] } }',
      '9:14 `editor` can be taken for the built-in role Editor; choose another name',
    ],
    [
      'two custom roles of one name',
      'roles: { a: { name: Night shift, permissions: [] }, b: { name: NIGHT  SHIFT, permissions: [] } }',
      '9:68 another custom role is called `NIGHT  SHIFT`',
    ],
    [
      'a bound role that promises what belongs to the account',
      'roles: { a: { permissions: [account.view], organizations: [] } }',
      '9:32 a role that is bound to organizations cannot hold `account.view`',
    ],
    [
      'two groups of one name',
      'groups: { a: { name: Night shift }, b: { name: night shift } }',
      '9:52 another group is called `night shift`',
    ],
    [
      'a bound role granted elsewhere',
      'roles: { archivist: { permissions: [], organizations: [rome] } }\ngrants: [{ to: dana, role: archivist, on: milan }]',
      '10:32 `archivist` is bound to `rome`, and is granted nowhere else',
    ],
    [
      'a bound role granted over the account',
      'roles: { archivist: { permissions: [], organizations: [rome] } }\ngrants: [{ to: dana, role: archivist }]',
      '10:32 `archivist` is bound to `rome`, and is granted nowhere else',
    ],
    [
      'a bound role as a ceiling',
      'roles: { archivist: { permissions: [], organizations: [rome] } }\nconnections: { nightowl: { maximum: archivist } }',
      '10:41 `archivist` is bound to organizations, and cannot be a maximum role',
    ],
    [
      'a grant without a role to a person',
      'grants: [{ to: dana }]',
      '9:14 this grant needs a `role`; only a connection can do without',
    ],
    [
      'the same grant twice',
      'grants: [{ to: dana, role: editor }, { to: dana, role: editor }]',
      '9:42 this grant is given already',
    ],
    [
      'a grant that ends before it begins',
      'grants: [{ to: dana, role: editor, from: +P2D, until: +P1D }]',
      '9:59 this ends before it begins',
    ],
    [
      'a day that the calendar does not have',
      'grants: [{ to: dana, role: editor, from: 2026-02-30T00:00:00Z }]',
      '9:46 there is no moment `2026-02-30T00:00:00Z`',
    ],
    [
      'a group in a group',
      'groups: { a: {}, b: { members: ["group:a"] } }',
      '9:37 a group takes users and connections, and no other group',
    ],
    [
      'the same member twice',
      'groups: { a: { members: [dana, dana] } }',
      '9:36 `dana` is in this group already',
    ],
    [
      'somebody both at home and external',
      'external: { dana: {} }',
      '9:17 `dana` is at home here, and so cannot be external',
    ],
    [
      'somebody external whom nobody knows',
      'external: { olgar: {} }',
      '9:17 unknown user `olgar`; did you mean `olga`?',
    ],
    [
      'a connection to an account that is not there',
      'connections: { nihgtowl: { maximum: editor } }',
      '9:20 unknown account `nihgtowl`; did you mean `nightowl`?',
    ],
    [
      'a connection to itself',
      'connections: { contoso: { maximum: editor } }',
      '9:20 an account cannot be connected to itself',
    ],
    [
      'delegates that are no group of the guest',
      'connections: { nightowl: { maximum: editor, delegates: "group:night-shfit" } }',
      '9:60 unknown group of `nightowl` `night-shfit`; did you mean `night-shift`?',
    ],
    [
      'delegates in another form',
      'connections: { nightowl: { maximum: editor, delegates: olga } }',
      '9:60 delegates are `everyone`, or `group:<key>` of `nightowl`',
    ],
    ['a status that is not there', 'status: actve', '9:13 this has to be one of `active`, `suspended`'],
    ['a wrong type', 'name: [Contoso]', '9:11 this has to be text'],
    ['the same key twice', 'name: Contoso\nname: Contoso', '10:5 `name` is given twice'],
    [
      'a key of every object',
      'groups: { __proto__: {} }',
      '9:15 `__proto__` cannot be a name; choose another',
    ],
  ])('for %s', (_, lines, told) => {
    expect(faults(contoso(lines))).toEqual([`w.yaml:${told}`])
  })

  test('for two people with one address, and one person with two homes', () => {
    expect(
      faults(`blueprint: documentation
accounts:
  contoso:
    users: { dana: {}, erik: { email: DANA@contoso.example } }
  nightowl:
    users: { dana: {}, frida: { email: frida } }
`),
    ).toEqual([
      'w.yaml:4:39 `DANA@contoso.example` is the address of `dana` already',
      'w.yaml:6:14 `dana` is at home in `contoso` already; a person has one home',
      'w.yaml:6:40 `frida` is no e-mail address',
    ])
  })

  test.each([
    ['who', '{ who: dan, may: document.view, in: contoso }', '12 unknown user `dan`; did you mean `dana`?'],
    [
      'permission',
      '{ who: dana, may: document.vew, in: contoso }',
      '23 unknown permission `document.vew`; did you mean `document.view`?',
    ],
    [
      'account',
      '{ who: dana, may: document.view, in: contso/rome }',
      '42 unknown account `contso`; did you mean `contoso`?',
    ],
    [
      'organization',
      '{ who: dana, may: document.view, in: contoso/rom }',
      '42 unknown organization of `contoso` `rom`; did you mean `rome`?',
    ],
    [
      'owner',
      '{ who: dana, may: document.view, in: contoso, owner: olg }',
      '58 unknown user `olg`; did you mean `olga`?',
    ],
  ])('for a question with an unknown %s', (_, question, told) => {
    expect(faults(`${contoso('')}questions:\n  - ${question}\n`)).toEqual([`w.yaml:11:${told}`])
  })

  test.each([
    [
      'an unknown blueprint',
      'blueprint: documentatoin\naccounts: {}',
      '1:12 unknown blueprint `documentatoin`; did you mean `documentation`?',
    ],
    ['an empty file', '', '1:1 this has to be a mapping of keys to values'],
    ['no accounts', 'blueprint: documentation', '1:1 `accounts` is missing'],
    ['a file that is no YAML', 'blueprint: "documentation', '1:26 Missing closing "quote'],
    ['an anchor that is not there', 'blueprint: *b', '1:12 no anchor `b` stands before this'],
    ['two documents', 'a: 1\n---\nb: 1', '2:1 a file holds one document'],
    ['nesting without end', '['.repeat(100_000), '1:66 nested more than 64 levels deep'],
    ['aliases that unfold into too much', bomb(), '1:1 its aliases unfold into too much'],
    [
      'a slug that no account can have',
      'blueprint: documentation\naccounts: { Contoso: {} }',
      '2:13 a slug is 1 to 63 lower-case letters, digits and hyphens, and begins and ends with no hyphen',
    ],
  ])('for %s', (_, text, told) => {
    expect(faults(text)).toEqual([`w.yaml:${told}`])
  })

  test('for more than it takes', () => {
    expect(faults(`# ${'x'.repeat(17 * 1024 * 1024)}`)).toEqual(['w.yaml:1:1 the file is larger than 16 MiB'])
  })
})

function bomb(): string {
  const rows = Array.from(
    { length: 9 },
    (_, row) =>
      `b${row}: &b${row} [${
        row === 0
          ? 'x'
          : Array(10)
              .fill(`*b${row - 1}`)
              .join()
      }]`,
  )
  return rows.join('\n')
}
