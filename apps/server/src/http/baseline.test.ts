import { describe, expect, test } from 'vitest'
import { endpoints } from '@keyholder/contract'
import { startTestServer } from '@keyholder/testkit/server'

const logged: string[] = []
const server = await startTestServer({ onLog: (line) => logged.push(line) })
const { http } = server.app
const path = '/api/v1/accounts/acme/organizations'
const authorization = `Bearer ${server.operatorKey.secret}`

const addresses = [
  ...endpoints.map(({ method, path: template }) => [method, template.replaceAll(/\{\w+\}/g, 'x')] as const),
  ['GET', '/nothing/here'] as const,
  ['DELETE', '/'] as const,
  ['GET', `${path}?limit=0`] as const,
]

describe('every answer', () => {
  test.each(addresses)('carries the headers that keep it where it belongs: %s %s', async (method, url) => {
    const { headers } = await http.inject({ method: method as 'GET', url, headers: { authorization } })

    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/^.{1,128}$/) as string,
    })
    const policy = String(headers['content-security-policy'])
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers.server).toBeUndefined()
  })
})

describe("a request's id", () => {
  test("is the caller's own where it is fit for a log", async () => {
    const reply = await server.operator.get(path, { headers: { 'x-request-id': 'req-42:a.b' } })

    expect(reply.headers['x-request-id']).toBe('req-42:a.b')
  })

  test.each(['', 'a b', 'x'.repeat(129), '<script>', 'a,b', '%0a'])(
    'is a new one where it is not: %j',
    async (id) => {
      const reply = await server.operator.get(path, { headers: { 'x-request-id': id } })

      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )
})

describe('an address that takes other methods', () => {
  test.each([
    ['PUT', path, 'GET, HEAD, POST'],
    ['DELETE', path, 'GET, HEAD, POST'],
    ['OPTIONS', path, 'GET, HEAD, POST'],
    ['POST', `${path}/rome`, 'GET, HEAD, PATCH, DELETE'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('says which: %s %s', async (method, url, allow) => {
    const reply = await http.inject({ method: method as 'PUT', url, headers: { authorization } })

    expect(reply.statusCode).toBe(405)
    expect(reply.headers.allow).toBe(allow)
    expect(reply.json()).toMatchObject({ code: 'method_not_allowed' })
  })

  test.each(['x-http-method-override', 'x-method-override'])(
    'is not talked into one by %s',
    async (header) => {
      const reply = await http.inject({
        method: 'POST',
        url: `${path}/rome`,
        headers: { authorization, [header]: 'DELETE' },
      })

      expect(reply.statusCode).toBe(405)
    },
  )
})

describe('a host', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    'localhost:4455@evil.example',
    '127.0.0.1.evil.example',
  ])('that the deployment does not have is refused: %j', async (host) => {
    const reply = await http.inject({ method: 'GET', url: '/', headers: { host } })

    expect(reply.statusCode).toBe(421)
    expect(reply.json()).toMatchObject({ code: 'host_unknown' })
  })

  test.each(['localhost:4455', '127.0.0.1:80', '[::1]:4455', '10.0.0.7'])(
    'of the machine is answered: %s',
    async (host) => {
      expect((await http.inject({ method: 'GET', url: '/healthz', headers: { host } })).statusCode).toBe(200)
    },
  )

  test.each([
    { 'x-forwarded-host': 'evil.example' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example' },
    { 'x-forwarded-proto': 'gopher' },
    { 'x-forwarded-prefix': '/evil.example' },
  ])('is never taken from a header into an answer: %j', async (header) => {
    for (const url of ['/', '/openapi.json', '/docs/api', '/.well-known/authzen-configuration', '/nothing']) {
      const reply = await http.inject({ method: 'GET', url, headers: header as Record<string, string> })

      expect(reply.body).not.toContain('evil.example')
      expect(JSON.stringify(reply.headers)).not.toContain('evil.example')
    }
  })
})

describe('a fault of ours', () => {
  test('is told by its id alone, and in full in the log', async () => {
    await server.database.asOwner('alter table organizations rename column sort_name to gone')
    const reply = await server.operator.get(path, { headers: { 'x-request-id': 'the-fault' } })
    await server.database.asOwner('alter table organizations rename column gone to sort_name')

    expect(reply.status).toBe(500)
    expect(reply.json()).toEqual({
      type: 'http://localhost:4455/docs/api#problem-internal',
      title: 'Something went wrong here',
      status: 500,
      code: 'internal',
      detail: expect.stringContaining('`request_id`') as string,
      request_id: 'the-fault',
    })
    expect(reply.text).not.toMatch(/sort_name|column|sql|\.ts/i)
    expect(logged.join('')).toContain('sort_name')
  })
})

test('no secret and no header of a caller reaches the log', async () => {
  await server.operator.get(path)
  await server.operator.get(path, { query: { api_key: server.operatorKey.secret } })

  expect(logged.join('')).not.toContain(server.operatorKey.secret.slice(3))
})
