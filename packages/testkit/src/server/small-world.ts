import { blueprintFiles, parseWorld, type World } from '@keyholder/world'

/**
 * Two accounts that have nothing to do with each other, a third that one of them lets in, and in each somebody of
 * every sort: enough to try every rule of the API on.
 */
const text = `
blueprint: network-inventory
accounts:
  acme:
    name: Acme
    organizations:
      rome: { name: Rome office }
      oslo: { name: Oslo office }
    roles:
      keeper:
        permissions: [organization.view, organization.create, organization.update, member.view]
    users:
      ada: { name: Ada Lovelace, superuser: true }
      sue: { name: Sue Second, superuser: true }
      admin: { name: Adam Admin }
      viv: { name: Viv Viewer }
      rita: { name: Rita Restricted }
      kim: { name: Kim Keeper }
      nora: { name: Nora Noaccess }
      sven: { name: Sven Suspended, status: suspended }
    external:
      mallory: { status: active }
    groups:
      field: { members: [viv] }
    grants:
      - { to: admin, role: administrator }
      - { to: viv, role: viewer }
      - { to: rita, role: administrator, on: rome }
      - { to: kim, role: keeper }
      - { to: sven, role: administrator }
      - { to: mallory, role: viewer, on: oslo }
      - { to: "group:field", role: user, on: rome }
      - { to: "connection:nightowl", role: user, on: rome }
    connections:
      nightowl: { maximum: user }
  globex:
    name: Globex
    organizations:
      rome: { name: Rome of Globex }
      lima: {}
    users:
      mallory: { name: Mallory, superuser: true }
      gus: { name: Gus }
    grants:
      - { to: gus, role: administrator }
  nightowl:
    name: Nightowl
    users:
      otto: { name: Otto, superuser: true }
`

/** A small world for tests that need no other. */
export function smallWorld(): World {
  const world = parseWorld(text, { file: 'small-world', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(world.refusal.map(({ message }) => message).join('\n'))
  return world.value
}
