import { expect, test } from 'vitest'
import { mostPreviewed } from '@keyholder/contract'
import { startTestServer } from '@keyholder/testkit/server'
import { blueprintFiles, parseWorld } from '@keyholder/world'

const people = Array.from({ length: 130 }, (_, i) => `p${String(i).padStart(3, '0')}`)
const world = parseWorld(
  `
blueprint: network-inventory
accounts:
  acme:
    organizations: { rome: {} }
    roles: { keeper: { permissions: [asset.view] } }
    users: { ada: { superuser: true }, ${people.map((key) => `${key}: {}`).join(', ')} }
    grants: [${people.map((to) => `{ to: ${to}, role: keeper, on: rome }`).join(', ')}]
`,
  { file: 'many', blueprints: blueprintFiles('.'), now: 0 },
)
if (!world.ok) throw new Error('the world of this test is unsound')
const server = await startTestServer({ world: world.value })
const role = '/api/v1/accounts/acme/roles/keeper'

const edited = async (
  permissions: readonly string[],
  headers: Record<string, string> = {},
  preview = true,
) => {
  const { etag = '' } = (await server.as('ada').get(role)).headers
  const path = preview ? `${role}?preview=true` : role
  return server.as('ada').patch(path, { permissions }, { headers: { ...headers, 'if-match': etag } })
}

test('a preview shows the first of very many, and counts all of them', async () => {
  const { preview } = (await edited(['asset.view', 'asset.edit'])).json()

  expect(preview.gains).toHaveLength(mostPreviewed)
  expect(preview.gains[0]).toMatchObject({ user: 'usr_p000', permissions: ['asset.edit'] })
  expect(preview.gains.at(-1)).toMatchObject({ user: 'usr_p099' })
  expect(preview.loses).toEqual([])
  expect(preview.totals).toEqual({ gains: people.length, loses: 0, people: people.length })
})

test('a preview stands also for those whom it does not show', async () => {
  const { preview } = (await edited(['asset.view', 'asset.edit'])).json()
  const outcome = async () => (await edited(['asset.view', 'asset.edit'])).json().preview
  const [grant] = await server.database.asOwner<{ id: string }>(
    `select id from grants where user_id = 'usr_p129'`,
  )
  await server.as('ada').delete(`/api/v1/accounts/acme/grants/${grant?.id}`)
  const after = await outcome()
  const late = await edited(['asset.view', 'asset.edit'], { 'keyholder-preview': preview.hash }, false)

  expect(after.gains).toEqual(preview.gains)
  expect(after.totals.people).toBe(people.length - 1)
  expect(late.json()).toMatchObject({ code: 'preview_outdated' })
  const done = await edited(['asset.view', 'asset.edit'], { 'keyholder-preview': after.hash }, false)
  expect(done.status).toBe(200)
})
