import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOfWorld } from './facts-of-world.ts'
import { faultLine } from './fault.ts'
import { blueprintFiles } from './files.ts'
import { parseWorld } from './parse-world.ts'
import type { World } from './world.ts'
import { worldIds } from './world-ids.ts'
import { worldOfFacts, type WorldNames } from './world-of-facts.ts'
import { writeWorld } from './write-world.ts'

const options = { file: 'w.yaml', blueprints: blueprintFiles('.'), now: Date.UTC(2026, 10, 21) }

function read(text: string): World {
  const world = parseWorld(text, options)
  if (!world.ok) throw new Error(`${world.refusal.map(faultLine).join('\n')}\n${text}`)
  return world.value
}

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text === text.trim() && /^[^\p{Cc}\p{Cs}\u2028\u2029]+$/u.test(text))
const naughty = fc.constantFrom(
  'null',
  'true',
  '~',
  '1.0',
  '0x1',
  '- a',
  '# a',
  'a: b',
  '*a',
  '&a',
  '!a',
  "'",
  '"',
  '…',
)
const text = fc.oneof(name, naughty)
/** Roles and groups are called by what shows. */
const visible = text.filter((it) => !/\p{Cf}/u.test(it) && it.normalize('NFKC').trim() !== '')
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
const moment = fc.oneof(
  time.map((date) => date.toISOString()),
  fc.constantFrom('+P30D', '-PT1H', '+P1W'),
)
const bounds = fc.constantFrom<object>(
  {},
  { from: '-PT1H' },
  { until: '+P30D' },
  { from: '2020-01-01T00:00Z', until: '+P1W' },
)
const status = some(fc.constantFrom('active', 'suspended'))
const roles = ['editor', 'superuser', 'read-only', 'archivist', '7']

/** File forms of two accounts, `west` and `east`, that let each other's people in; right by construction. */
const accountForm = (own: readonly string[], others: readonly string[], guest: string) => {
  const organization = fc.constantFrom('rome', 'milan', '404')
  const user = fc.constantFrom(...own, ...others)
  const member = fc.oneof(user, fc.constant(`connection:${guest}`))
  const role = fc.constantFrom(...roles)
  const anywhere = fc.record({
    to: fc.oneof(member, fc.constant('group:crew')),
    role,
    on: some(organization),
    bounds,
  })
  const bound = fc.record({ to: member, role: fc.constant('local'), on: fc.constant('rome'), bounds })
  const maximum = fc.record({ to: fc.constant(`connection:${guest}`), on: some(organization), bounds })
  return fc.record({
    name: some(text),
    status,
    organizations: fc.record({
      rome: fc.record({ name: some(text) }),
      milan: fc.constant({}),
      404: fc.constant({}),
    }),
    roles: fc.record({
      archivist: fc.record({
        name: some(visible.map((it) => `custom ${it}`)),
        permissions: fc.subarray(['document.edit:own', 'document.view', 'ticket.view:own', 'ticket.view']),
      }),
      local: fc.record({
        permissions: fc.constant(['document.view']),
        organizations: fc.constantFrom(['rome'], ['rome', 'milan']),
      }),
      7: fc.constant({ permissions: [] }),
    }),
    users: fc
      .tuple(...own.map(() => fc.record({ name: some(text), status, superuser: some(fc.boolean()) })))
      .map((users) => Object.fromEntries(own.map((key, index) => [key, users[index]]))),
    external: fc.constant(Object.fromEntries(others.map((key) => [key, {}]))),
    groups: fc.record({
      crew: fc.record({
        name: some(visible),
        kind: some(fc.constantFrom('sso', 'manual')),
        members: fc.uniqueArray(member),
      }),
      empty: fc.constant({}),
    }),
    grants: fc
      .array(fc.oneof(anywhere, bound, maximum), { maxLength: 8 })
      .map((grants) => grants.map(({ bounds: when, ...grant }) => ({ ...grant, ...when }))),
    connections: fc.record({
      [guest]: fc.record({
        maximum: role,
        delegates: some(fc.constantFrom('everyone', 'group:crew')),
        status: some(fc.constantFrom('proposed', 'active', 'paused', 'ended', 'declined')),
        until: some(moment),
      }),
    }),
  })
}

const worlds = fc
  .record({
    now: some(time.map((date) => date.toISOString())),
    west: accountForm(['dana', 'Erik.7'], ['olga'], 'east'),
    east: accountForm(['olga', '42'], ['dana'], 'west'),
  })
  .map(({ now, west, east }) => {
    const questions = [
      {
        who: 'dana',
        may: 'document.edit',
        in: 'east/rome',
        owner: 'olga',
        expect: true,
        why: 'naïve: "yes"',
      },
    ]
    return { blueprint: 'documentation', ...(now && { now }), accounts: { west, east }, questions }
  })
  .map((form) =>
    JSON.stringify({ ...form, accounts: { west: once(form.accounts.west), east: once(form.accounts.east) } }),
  )

/** Leaves out what a file may not say twice. */
function once<Account extends { readonly grants: readonly object[]; readonly users: object }>(
  account: Account,
) {
  const users = Object.entries<{ superuser?: boolean | undefined }>({ ...account.users })
  const said = new Set(
    users.filter(([, { superuser }]) => superuser).map(([to]) => alike({ to, role: 'superuser' })),
  )
  const grants = account.grants.filter((grant) => !said.has(alike(grant)) && said.add(alike(grant)))
  return { ...account, grants }
}

function alike({
  to,
  role,
  on,
  from,
  until,
}: {
  to?: string
  role?: string
  on?: string
  from?: string
  until?: string
}) {
  return JSON.stringify([to, role, on, from, until])
}

describe('a world', () => {
  test('is the same after it is written and read again', () => {
    fc.assert(
      fc.property(worlds, (text) => {
        const world = read(text)

        expect(read(writeWorld(world))).toEqual(world)
        expect(writeWorld(read(writeWorld(world)))).toBe(writeWorld(world))
      }),
      { numRuns: 100, seed: 20_261_121 },
    )
  })

  test('is the same after it has been plain facts, but for its questions', () => {
    fc.assert(
      fc.property(worlds, (text) => {
        const { now: _, ...world } = read(text)

        expect(worldOfFacts(factsOfWorld(world), namesOf(world))).toEqual({ ...world, questions: [] })
      }),
      { numRuns: 100, seed: 20_261_121 },
    )
  })

  test('is written for people to read', () => {
    const text = `blueprint: documentation
now: 2026-11-21T12:00:00.000Z
accounts:
  contoso:
    name: Contoso
    organizations:
      rome: { name: Rome office }
      milan: {}
    roles:
      archivist:
        permissions:
          - document.view
          - ticket.view:own
        organizations: [ rome ]
    users:
      dana: { name: Dana Voss, superuser: true }
      otto: { status: suspended }
    external:
      erik: { status: active }
    groups:
      level-1: { kind: sso, members: [ dana, erik, connection:nightowl ] }
    grants:
      - { to: erik, role: archivist, on: rome, until: 2026-12-31T00:00:00.000Z }
      - { to: connection:nightowl, on: rome }
    connections:
      nightowl: { maximum: editor, delegates: group:night-shift, status: active }
  nightowl:
    users:
      erik: {}
    groups:
      night-shift: {}
questions:
  - { who: dana, may: document.edit, in: contoso/milan, expect: true, why: 'a superuser may: everything' }
`
    expect(writeWorld(read(text))).toBe(text)
  })
})

function namesOf(world: World): WorldNames {
  const accounts = new Map(
    world.accounts.map(({ slug, name: called }) => [worldIds.account(slug), { slug, name: called }]),
  )
  const users = new Map(
    world.accounts.flatMap((account) =>
      account.users.map(
        ({ key, email, name: called }) => [worldIds.user(key), { key, email, name: called }] as const,
      ),
    ),
  )
  const organizations = new Map(
    world.accounts.flatMap(({ slug, organizations: all }) =>
      all.map((one) => [worldIds.organization(slug, one.key), one] as const),
    ),
  )
  return {
    blueprint: world.blueprintName,
    account: (id) => accounts.get(id) ?? { slug: '', name: '' },
    user: (id) => users.get(id) ?? { key: '', email: '', name: '' },
    organization: (id) => organizations.get(id) ?? { key: '', name: '' },
  }
}
