import { expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { act, at, connect, connectedWorld } from '../connection/connections.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const members = '/api/v1/accounts/contoso/groups/level-1/members'

test('guests who enter a group together learn of themselves alone, and the users of the host of nobody', async () => {
  const frida = server.as('frida')
  const nightowl = await connect(server)
  const proposed = await frida.post(at('contoso'), { guest: 'deepsea', maximum: 'user' })
  const deepsea = proposed.json().id as string
  await act(server.as('dora'), 'deepsea', deepsea, 'accept', {})
  const reply = await frida.post(members, { users: ['vera'], connections: [nightowl, deepsea] })
  const told = async (slug: string) =>
    (await server.events(slug)).filter(({ action }) => action === 'group.add_members')
  const [host, ofNightowl, ofDeepsea] = [await told('contoso'), await told('nightowl'), await told('deepsea')]

  expect(reply.json()).toMatchObject({ users: 1, connections: 2 })
  expect(host).toMatchObject([
    { accounts: ['acc_contoso'], after: { users: ['usr_vera'], connections: [] } },
    { accounts: ['acc_contoso', 'acc_nightowl'], after: { users: [], connections: [nightowl] } },
    { accounts: ['acc_contoso', 'acc_deepsea'], after: { users: [], connections: [deepsea] } },
  ])
  expect(ofNightowl).toEqual([host[1]])
  expect(ofDeepsea).toEqual([host[2]])
})
