import { expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { blueprintFiles, parseWorld } from '@keyholder/world'

const world = parseWorld(
  `
blueprint: network-inventory
accounts:
  acme:
    organizations: { rome: {} }
    users: { ada: { superuser: true } }
    connections: { globex: { maximum: user } }
    grants: [{ to: "connection:globex", role: user, on: rome }]
  initech:
    organizations: { attic: {} }
    users: { ines: { superuser: true } }
    external: { gus: {} }
    grants: [{ to: gus, role: viewer, on: attic }]
  globex:
    users: { gabi: { superuser: true }, gus: {} }
    grants: [{ to: gus, role: administrator }]
`,
  { file: 'two-ways-out', blueprints: blueprintFiles('.'), now: 0 },
)
if (!world.ok) throw new Error('the world of this test is unsound')
const server = await startTestServer({ world: world.value })

test('a preview tells what somebody loses through a connection, and nothing of who else invited them', async () => {
  const reply = await server
    .as('gabi')
    .put('/api/v1/accounts/globex/members/gus/status?preview=true', { status: 'suspended' })

  expect(reply.status).toBe(200)
  const { loses } = reply.json<{ preview: { loses: { account: string }[] } }>().preview
  expect([...new Set(loses.map(({ account }) => account))]).toEqual(['acc_globex', 'acc_acme'])
  expect(reply.text).not.toMatch(/initech|attic/)
})
