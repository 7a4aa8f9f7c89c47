import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestClient } from '@keyholder/testkit/server'
import { act, connect, connectedWorld } from '../../connection/connections.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const account = '/api/v1/accounts/nightowl'
const [nadia, otto] = [server.as('nadia'), server.as('otto')]
const refused = { code: 'not_permitted', permission: 'connection.edit' }
let address = ''

async function write(client: TestClient, ...groups: readonly string[]) {
  const read = await nadia.get(address)
  const items = groups.map((group) => ({ attribute: 'email', comparison: 'exists', value: null, group }))
  return client.put(address, { items }, { headers: { 'if-match': read.headers['etag'] ?? '' } })
}

// Otto manages single sign-on, and has no say in connections; the provider's group night-desk may use the one to Contoso.
beforeAll(async () => {
  const permissions = ['account.view', 'account.manage_sso', 'group.view']
  await nadia.post(`${account}/roles`, { key: 'federator', permissions })
  const given = await nadia.post(`${account}/grants`, { user: 'otto', role: 'federator' })
  if (given.status !== 201) throw new Error(given.text)
  for (const key of ['night-desk', 'day-desk']) await nadia.post(`${account}/groups`, { key, kind: 'sso' })
  const made = await nadia.post(`${account}/sso-connections`, {
    name: 'Our provider',
    provider: {
      kind: 'oidc',
      issuer: 'https://idp.example',
      client_id: 'keyholder',
      client_secret: 's3cret',
    },
  })
  address = `${account}/sso-connections/${made.json()['id']}/rules`
  const id = await connect(server, { openings: [{}] })
  await act(nadia, 'nightowl', id, 'delegates', { delegates: 'night-desk' })
})

describe('whoever manages single sign-on and not connections', () => {
  test('writes rules for groups that no connection is used by', async () => {
    expect((await write(otto, 'day-desk')).status).toBe(200)
  })

  test('writes no rule that fills a group of delegates, and so lets nobody into the host', async () => {
    expect((await write(otto, 'night-desk')).json()).toMatchObject(refused)
  })

  test('takes away no rule that fills one', async () => {
    expect((await write(nadia, 'night-desk')).status).toBe(200)

    expect((await write(otto)).json()).toMatchObject(refused)
    expect((await write(otto, 'night-desk', 'day-desk')).status).toBe(200)
  })
})
