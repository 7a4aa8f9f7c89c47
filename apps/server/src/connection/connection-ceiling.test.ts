import { describe, expect, test } from 'vitest'
import { startTestNode, startTestServer, type TestClient } from '@keyholder/testkit/server'
import { act, at, connect, connectedWorld, may, propose } from './connections.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const node = startTestNode(server)
const [frida, nadia] = [server.as('frida'), server.as('nadia')]

/** Whether the second node lets somebody do that, at least as new as the answer to a change. */
async function mayElsewhere(
  user: string,
  action: string,
  place: string,
  change: { headers: Readonly<Record<string, string>> },
) {
  const reply = await node.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: `usr_${user}` },
    action: { name: action },
    resource: { type: 'asset', id: '1', properties: { organization: place } },
    context: { at_least: change.headers['keyholder-revision']?.split(', ') },
  })
  return reply.json().decision as boolean
}

describe('the ceiling of a connection', () => {
  test('stays over whatever the host grants to it, also by a group and later', async () => {
    const id = await connect(server, { maximum: 'viewer' })
    const grant = (body: object) => frida.post('/api/v1/accounts/contoso/grants', body)
    expect(await may(server, 'nadia', 'view', 'contoso/rome')).toBe(false)

    expect((await grant({ connection: id, role: 'administrator', organization: 'rome' })).status).toBe(201)
    await frida.post('/api/v1/accounts/contoso/groups/level-1/members', { connections: [id] })
    await grant({ group: 'level-1', role: 'administrator' })

    for (const place of ['contoso/rome', 'contoso/milan']) {
      expect(await may(server, 'nadia', 'view', place)).toBe(true)
      for (const action of ['edit', 'delete', 'member.view', 'member.remove', 'connection.edit']) {
        expect(await may(server, 'nadia', action, place)).toBe(false)
      }
    }
  })

  test('and the standing at home are both the limit, and the guarded is never carried', async () => {
    await connect(server, { maximum: 'administrator', openings: [{}] })

    expect(await may(server, 'nils', 'edit', 'contoso/rome')).toBe(true)
    expect(await may(server, 'nils', 'member.view', 'contoso')).toBe(true)
    expect(await may(server, 'vito', 'view', 'contoso/rome')).toBe(true)
    expect(await may(server, 'vito', 'edit', 'contoso/rome')).toBe(false)
    expect(await may(server, 'lisa', 'view', 'contoso/rome')).toBe(false)
    expect(await may(server, 'susp', 'view', 'contoso/rome')).toBe(false)
    for (const guarded of [
      'member.invite',
      'role.create',
      'grant.create',
      'invitation.create',
      'api_token.view',
    ]) {
      expect(await may(server, 'nadia', guarded, 'contoso/rome')).toBe(false)
    }
    const invite = { kind: 'external', email: 'x@x.example' }
    expect((await nadia.post('/api/v1/accounts/contoso/invitations', invite)).status).toBe(403)
  })

  test('is not raised from the guest’s side', async () => {
    const id = await connect(server, { maximum: 'viewer', openings: [{ organization: 'rome' }] })
    const attempts = [
      await act(nadia, 'nightowl', id, 'narrowing', { maximum: 'administrator' }),
      await act(nadia, 'nightowl', id, 'widening', { maximum: 'administrator' }),
      await act(nadia, 'nightowl', id, 'accept'),
      await act(nadia, 'contoso', id, 'narrowing', { maximum: 'administrator' }),
    ]

    expect(attempts.map(({ status }) => status)).toEqual([403, 200, 403, 403])
    expect(await may(server, 'nadia', 'edit', 'contoso/rome')).toBe(false)
    expect((await nadia.get(at('nightowl', `/${id}`))).json().terms).toMatchObject({
      maximum: { id: 'viewer' },
    })
  })

  test('lets nobody through who comes through another connection', async () => {
    await connect(server, { maximum: 'administrator', openings: [{}] })
    await server.as('nadia').post('/api/v1/accounts/nightowl/grants', { connection: 'con_nightowl_deepsea' })

    expect(await may(server, 'dora', 'view', 'nightowl')).toBe(true)
    expect(await may(server, 'dora', 'view', 'contoso')).toBe(false)
    expect((await server.as('dora').get('/api/v1/accounts/contoso/organizations')).status).toBe(404)
  })

  test.each([
    ['lowered', (id: string) => act(frida, 'contoso', id, 'narrowing', { maximum: 'viewer' })],
    ['paused', (id: string) => act(frida, 'contoso', id, 'pause')],
    ['ended by the host', (id: string) => act(frida, 'contoso', id, 'end')],
    ['ended by the guest', (id: string) => act(nadia, 'nightowl', id, 'end')],
    [
      'given to other delegates',
      (id: string) => act(nadia, 'nightowl', id, 'delegates', { delegates: 'night-shift' }),
    ],
  ])('when it is %s, ends what was more at the next question on every node', async (_, change) => {
    const id = await connect(server, { openings: [{ organization: 'rome' }] })
    expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(true)
    const reply = await change(id)

    expect(reply.status).toBe(200)
    expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(false)
    expect(await mayElsewhere('otto', 'edit', 'contoso/rome', reply)).toBe(false)
    expect((await server.events('nightowl')).at(-1)).toEqual((await server.events('contoso')).at(-1))
  })

  test('of a connection that is only proposed gives nothing, whatever is granted to it', async () => {
    const { id } = (await propose(server, { maximum: 'administrator', openings: [{}] })).json()
    await frida.post('/api/v1/accounts/contoso/grants', { connection: id, role: 'user' })

    expect(await may(server, 'otto', 'view', 'contoso')).toBe(false)
    expect(await sees(server.as('otto'))).toBe(404)
  })
})

async function sees(client: TestClient): Promise<number> {
  return (await client.get('/api/v1/accounts/contoso/organizations')).status
}
