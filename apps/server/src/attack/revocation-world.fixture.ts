import { blueprintFiles, parseWorld, type World } from '@keyholder/world'

/** So many accounts that let the same people in by a connection: each connection is ended in one case alone. */
const hosts = ['hosta', 'hostb', 'hostc', 'hostd'] as const
/** So many people of one account, each of whom something is taken from in one case alone. */
const people = Array.from({ length: 28 }, (_, number) => `p${number}`)

const text = JSON.stringify({
  blueprint: 'network-inventory',
  accounts: {
    acme: {
      organizations: { rome: {}, oslo: {} },
      roles: {
        keeper: { permissions: ['organization.view', 'asset.view'] },
        lookout: { permissions: ['asset.view'] },
      },
      users: {
        ada: { superuser: true },
        sue: { superuser: true },
        ...Object.fromEntries(people.map((key) => [key, {}])),
      },
      external: { emma: {}, elsa: {}, eric: {} },
      groups: { crew: { members: ['p20'] }, provided: { kind: 'sso', members: ['p24'] } },
      grants: [
        ...people.slice(0, 20).map((to) => ({ to, role: 'user' })),
        { to: 'p21', role: 'keeper' },
        { to: 'p22', role: 'user', on: 'oslo' },
        { to: 'p23', role: 'user' },
        ...['p25', 'p26', 'p27'].map((to) => ({ to, role: 'user' })),
        { to: 'group:provided', role: 'user' },
        { to: 'emma', role: 'user' },
        { to: 'elsa', role: 'user' },
        { to: 'eric', role: 'user' },
        { to: 'group:crew', role: 'user' },
      ],
    },
    guest: {
      users: { otto: { superuser: true }, gina: { superuser: true }, emma: {}, elsa: {}, eric: {} },
      groups: { night: { members: ['gina'] } },
    },
    ...Object.fromEntries(
      hosts.map((slug) => [
        slug,
        {
          organizations: { [`${slug}-one`]: {} },
          roles: { lookout: { permissions: ['asset.view'] } },
          users: { [`${slug}-ada`]: { superuser: true } },
          grants: [{ to: 'connection:guest', role: 'user' }],
          connections: { guest: { maximum: 'user' } },
        },
      ]),
    ),
  },
})

/** Everybody from whom something can be taken. */
export function revocationWorld(): World {
  const world = parseWorld(text, { file: 'revocation', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(world.refusal.map(({ message }) => message).join('\n'))
  return world.value
}
