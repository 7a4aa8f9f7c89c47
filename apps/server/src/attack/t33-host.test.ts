import { describe, expect, test } from 'vitest'
import { publicUrl, startTestServer } from '@keyholder/testkit/server'

/*
 * T33: a request names another host, in every header that some server somewhere believes, so that a link in a mail
 * or an address that is answered leads there.
 */

const server = await startTestServer()
await server.signIn('viv')
const { http } = server.app
const evil = 'evil.example'

const believed = {
  'x-forwarded-host': evil,
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '8443',
  'x-forwarded-prefix': `//${evil}`,
  'x-forwarded-server': evil,
  'x-original-host': evil,
  'x-host': evil,
  'x-original-url': `https://${evil}/`,
  forwarded: `host=${evil};proto=https`,
}

const authorization = `Bearer ${server.operatorKey.secret}`
const asOwner = { authorization, 'keyholder-act-as': 'usr_ada' }

/** Everything that emits an address, or sends a link to somebody. */
const emitting = [
  { method: 'POST', url: '/api/v1/password-reset', payload: { email: 'viv@acme.example' } },
  {
    method: 'POST',
    url: '/api/v1/accounts/acme/invitations',
    headers: asOwner,
    payload: { email: 'new@else.example', kind: 'external', default_role: { role: 'viewer' } },
  },
  { method: 'GET', url: '/.well-known/authzen-configuration' },
  { method: 'GET', url: '/openapi.json' },
  { method: 'GET', url: '/nothing/here' },
  { method: 'POST', url: '/api/v1/sign-in', payload: { email: 'viv@acme.example' } },
] as const

const mails = async () => {
  await server.settled()
  const { items } = (await server.operator.get('/api/v1/outbox', { query: { limit: '100' } })).json()
  return items as readonly { readonly text: string | null; readonly links: readonly string[] }[]
}

describe.each(emitting)('$method $url', ({ method, url, ...rest }) => {
  const headers = 'headers' in rest ? rest.headers : { origin: publicUrl }
  const payload = 'payload' in rest ? { payload: rest.payload } : {}

  test('leads to where the deployment says that it is, whatever the request says', async () => {
    const reply = await http.inject({ method, url, headers: { ...headers, ...believed }, ...payload })

    expect(reply.statusCode).toBeLessThan(500)
    expect(reply.statusCode).not.toBe(421)
    expect(JSON.stringify([reply.headers, reply.body])).not.toContain(evil)
  })

  test.each([
    { what: 'another host', host: evil },
    { what: 'a host that begins like ours', host: `localhost:4455.${evil}` },
    { what: 'ours with somebody before it', host: `${evil}@localhost:4455` },
    { what: 'two hosts', host: `localhost:4455, ${evil}` },
  ])('is not done for $what', async ({ host }) => {
    const before = (await mails()).length
    const reply = await http.inject({ method, url, headers: { ...headers, host }, ...payload })

    expect(reply.statusCode).toBe(421)
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.body).not.toContain(evil)
    expect((await mails()).length).toBe(before)
  })
})

test('every link in every mail begins with the public address', async () => {
  const sent = await mails()
  const links = sent.flatMap((mail) => mail.links)

  expect(links.length).toBeGreaterThanOrEqual(2)
  expect(links.filter((link) => !link.startsWith(`${publicUrl}/`))).toEqual([])
  expect(JSON.stringify(sent)).not.toContain(evil)
})
