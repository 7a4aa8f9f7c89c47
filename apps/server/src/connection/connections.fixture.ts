import type { TestClient, TestReply, TestServer } from '@keyholder/testkit/server'
import { blueprintFiles, parseWorld, type World } from '@keyholder/world'

/** Contoso may let Nightowl in, and Nightowl has let Deepsea in; nobody else has to do with anybody. */
const text = `
blueprint: network-inventory
accounts:
  contoso:
    name: Contoso
    organizations:
      rome: { name: Rome office }
      milan: { name: Milan office }
      bari: {}
    roles:
      archivist: { permissions: [asset.view, report.view, member.edit] }
      secret: { permissions: [asset.view] }
      roman: { permissions: [asset.view], organizations: [rome] }
    users:
      frida: { name: Frida First, superuser: true }
      adam: { name: Adam Admin }
      vera: { name: Vera Viewer }
    groups:
      level-1: {}
    grants:
      - { to: adam, role: administrator }
      - { to: vera, role: viewer }
      - { to: "group:level-1", role: user, on: milan }
  nightowl:
    name: Nightowl
    users:
      nadia: { name: Nadia First, superuser: true }
      nils: { name: Nils Admin }
      otto: { name: Otto User }
      vito: { name: Vito Viewer }
      lisa: { name: Lisa Noaccess }
      susp: { status: suspended }
    groups:
      night-shift: { members: [vito] }
      ops: { members: [otto] }
    grants:
      - { to: nils, role: administrator }
      - { to: otto, role: user }
      - { to: vito, role: viewer }
    connections:
      deepsea: { maximum: administrator }
  deepsea:
    name: Deepsea
    users:
      dora: { superuser: true }
  unrelated:
    users:
      ursula: { superuser: true }
`

export function connectedWorld(): World {
  const world = parseWorld(text, { file: 'connected', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(world.refusal.map(({ message }) => message).join('\n'))
  return world.value
}

export const at = (slug: string, rest = '') => `/api/v1/accounts/${slug}/connections${rest}`

/** Whether a person may do that there, to an asset where nothing else is named, asked as a host product asks. */
export async function may(server: TestServer, user: string, action: string, place: string): Promise<boolean> {
  const [name, type = 'asset'] = action.split('.').toReversed()
  const reply = await server.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: `usr_${user}` },
    action: { name },
    resource: {
      type,
      id: '1',
      properties: place.includes('/') ? { organization: place } : { account: place },
    },
  })
  return reply.json().decision as boolean
}

/** Does something to a connection with the version that was just read from the same side. */
export async function act(
  who: TestClient,
  slug: string,
  id: string,
  what: string,
  body?: object,
): Promise<TestReply> {
  const read = await who.get(at(slug, `/${id}`))
  const headers = { 'if-match': read.headers.etag ?? '"0"' }
  const path = at(slug, `/${id}/${what}`)
  return what === 'delegates' ? who.put(path, body, { headers }) : who.post(path, body, { headers })
}

/** Ends what stands between Contoso and Nightowl, and proposes anew. */
export async function propose(server: TestServer, body: object = {}, by = 'frida'): Promise<TestReply> {
  const standing = await server
    .as('frida')
    .get(at('contoso'), { query: { side: 'host', status: 'proposed,active,paused' } })
  for (const { id } of standing.json().items) await server.as('frida').post(at('contoso', `/${id}/end`))
  return server.as(by).post(at('contoso'), { guest: 'nightowl', maximum: 'user', ...body })
}

/** A connection in use, by its id. */
export async function connect(server: TestServer, body: object = {}): Promise<string> {
  const { id } = (await propose(server, body)).json()
  const accepted = await act(server.as('nadia'), 'nightowl', id, 'accept', {})
  if (accepted.status !== 200) throw new Error(accepted.text)
  return id as string
}
