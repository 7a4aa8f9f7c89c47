import { blueprintFiles, faultLine, parseWorld, type World } from '@keyholder/world'
import fc from 'fast-check'
import { sound, type AccountForm } from './sound-accounts.ts'

const slugs = ['east', 'north', 'west'] as const
const builtIn = ['administrator', 'editor', 'creator', 'read-only', 'lite', 'superuser']
const organizations = ['rome', 'milan', 'oslo']
const blueprints = blueprintFiles('.')

/**
 * Small worlds of up to three accounts that let each other's people in, with everything that a world can say.
 *
 * Two of them speak of the same accounts, people and things in different states, so one can be held against the
 * other, or put in its place.
 */
export const randomWorld: fc.Arbitrary<World> = fc
  .record({ east: some(accountForm('east')), north: some(accountForm('north')), west: accountForm('west') })
  .map(sound)
  .map(readWorld)

function some<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(value, { nil: undefined })
}

/** Some of these things, by key: those that are left out have no key either. */
function someOf<Thing>(
  things: Readonly<Record<string, fc.Arbitrary<Thing>>>,
): fc.Arbitrary<Record<string, Thing>> {
  return fc.record(things, { requiredKeys: [] }) as fc.Arbitrary<Record<string, Thing>>
}

function accountForm(slug: (typeof slugs)[number]): fc.Arbitrary<AccountForm> {
  const others = slugs.filter((other) => other !== slug)
  const name = some(fc.constantFrom('One & Only', 'Zweite', '第三'))
  const status = some(fc.constantFrom('active', 'suspended'))
  const user = fc.constantFrom(...slugs.flatMap(peopleOf))
  const connection = fc.constantFrom(...others.map((guest) => `connection:${guest}`))
  const bounds = fc.record(
    {
      from: fc.constantFrom('2026-01-01T00:00:00Z', '2026-06-01T00:00:00.123Z'),
      until: fc.constantFrom('2027-01-01T00:00:00Z', '2028-06-01T00:00:00.001Z'),
    },
    { requiredKeys: [] },
  )
  const person = fc.record({ name, status, superuser: some(fc.boolean()) })
  const grant = fc
    .record({
      to: fc.oneof(user, connection, fc.constantFrom('group:crew', 'group:night')),
      role: fc.constantFrom(...builtIn, 'archivist', 'local', undefined),
      on: some(fc.constantFrom(...organizations)),
      bounds,
    })
    .map(({ bounds: when, ...rest }) => ({ ...rest, ...when }))
  const group = (called: string) =>
    fc.record({
      name: some(fc.constant(called)),
      kind: some(fc.constantFrom('manual', 'sso')),
      members: fc.uniqueArray(fc.oneof(user, connection), { maxLength: 4 }),
    })
  return fc.record({
    name,
    status,
    organizations: someOf(Object.fromEntries(organizations.map((key) => [key, fc.record({ name })]))),
    roles: someOf<object>({
      archivist: fc.record({
        name: some(fc.constant('Keeper of records')),
        permissions: fc.subarray(['document.view', 'document.edit:own', 'document.delete', 'member.view']),
      }),
      local: fc.record({
        permissions: fc.subarray(['document.view', 'document.edit']),
        organizations: fc.subarray(organizations),
      }),
    }),
    users: someOf(Object.fromEntries(peopleOf(slug).map((key) => [key, person]))),
    external: someOf(Object.fromEntries(others.flatMap(peopleOf).map((key) => [key, fc.record({ status })]))),
    groups: someOf({ crew: group('The crew'), night: group('Tag und Nacht') }),
    grants: fc.array(grant, { maxLength: 10 }),
    connections: someOf(
      Object.fromEntries(
        others.map((guest) => [
          guest,
          fc
            .record({
              maximum: fc.constantFrom(...builtIn, 'archivist'),
              delegates: some(fc.constantFrom('everyone', 'group:crew', 'group:night')),
              status: some(fc.constantFrom('proposed', 'active', 'paused', 'ended', 'declined')),
              bounds,
            })
            .map(({ bounds: when, ...rest }) => ({ ...rest, ...when })),
        ]),
      ),
    ),
  })
}

function peopleOf(slug: string): string[] {
  return [1, 2, 3].map((number) => `${slug}-${number}`)
}

function readWorld(accounts: Record<string, AccountForm>): World {
  const text = JSON.stringify({ blueprint: 'documentation', accounts })
  const world = parseWorld(text, { file: 'random', blueprints, now: Date.UTC(2026, 10, 21) })
  if (!world.ok) throw new Error(`${world.refusal.map(faultLine).join('\n')}\n${text}`)
  return world.value
}
