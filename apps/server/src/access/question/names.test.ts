import { beforeAll, describe, expect, test } from 'vitest'
import { startTestNode, startTestServer, type TestClient, type TestServer } from '@keyholder/testkit/server'

/* Names move, and whoever asks by them is answered by what they mean now. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})

const organizations = '/api/v1/accounts/acme/organizations'

function ask(client: TestClient, organization: string, id = 'viv') {
  return client.post('/access/v1/evaluation', {
    subject: { type: 'user', id },
    action: { name: 'view' },
    resource: { type: 'asset', id: '7', properties: { organization } },
  })
}

const answer = async (client: TestClient, organization: string, id?: string) => {
  const { decision, context } = (await ask(client, organization, id)).json<Answer>()
  return decision || context.reasons[0]
}

interface Answer {
  readonly decision: boolean
  readonly context: { readonly reasons: readonly string[] }
}

/** Gives an organization another key, and returns the revision that this was acknowledged with. */
async function rename(key: string, to: string): Promise<string> {
  const before = await server.operator.get(`${organizations}/${key}`)
  const headers = { 'if-match': before.headers['etag'] ?? '' }
  const reply = await server.operator.patch(`${organizations}/${key}`, { key: to }, { headers })
  expect(reply.status).toBe(200)
  return reply.headers['keyholder-revision'] ?? ''
}

describe('an organization with another key', () => {
  test('is asked about by the new one at once, and no more by the old one', async () => {
    expect(await answer(server.operator, 'acme/oslo')).toBe(true)
    await rename('oslo', 'bergen')
    expect(await answer(server.operator, 'acme/oslo')).toBe('place_unknown')
    expect(await answer(server.operator, 'acme/bergen')).toBe(true)
    await rename('bergen', 'oslo')
  })

  test('that another one had before means the other one no more', async () => {
    expect(await answer(server.operator, 'acme/rome', 'rita')).toBe(true)
    await rename('rome', 'rome-before')
    await rename('oslo', 'rome')
    expect(await answer(server.operator, 'acme/rome', 'rita')).toBe('not_granted')
    expect(await answer(server.operator, 'acme/rome-before', 'rita')).toBe(true)
    await rename('rome', 'oslo')
    await rename('rome-before', 'rome')
  })

  test('is known by it on another node, by and by or with the revision of the change', async () => {
    const { operator } = startTestNode(server)
    expect(await answer(operator, 'acme/oslo')).toBe(true)
    const revision = await rename('oslo', 'bergen')
    const reply = await operator.post('/access/v1/evaluation', {
      subject: { type: 'user', id: 'viv' },
      action: { name: 'view' },
      resource: { type: 'organization', id: 'acme/oslo' },
      context: { at_least: revision },
    })
    expect(reply.json<Answer>().context.reasons).toEqual(['place_unknown'])
    await rename('bergen', 'oslo')
    await expect.poll(() => answer(operator, 'acme/oslo')).toBe(true)
  })
})

describe('somebody new', () => {
  test('is known by every name from the first question on, though they were asked for before', async () => {
    expect(await answer(server.operator, 'acme/rome', 'new-17')).toBe('subject_unknown')
    expect(await answer(server.operator, 'acme/rome', 'ned@acme.example')).toBe('subject_unknown')
    const reply = await server.operator.post('/api/v1/accounts/acme/members', {
      email: 'ned@acme.example',
      external_id: 'new-17',
      default_role: { role: 'viewer' },
    })
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)])
    expect(await answer(server.operator, 'acme/rome', 'new-17')).toBe(true)
    expect(await answer(server.operator, 'acme/rome', 'ned@acme.example')).toBe(true)
  })
})
