import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { millisecondsWorked, naughtyStrings, startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/organizations'
const http = server.app.http
const bearer = `Bearer ${server.operatorKey.secret}`

async function raw(payload: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  const before = await server.revision('acme')
  const reply = await http.inject({
    method: 'POST',
    url: path,
    headers: { authorization: bearer, 'content-type': 'application/json', ...headers },
    payload,
  })
  expect(await server.revision('acme'), 'nothing may have changed').toBe(before)
  return { status: reply.statusCode, type: reply.headers['content-type'], body: JSON.parse(reply.body) }
}

describe('a body that cannot be read', () => {
  test.each([
    ['nothing at all', ''],
    ['half of it', '{"key":"x"'],
    ['two values', '{"key":"x"}{"key":"y"}'],
    ['a trailing comma', '{"key":"x",}'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a prototype', '{"key":"x","__proto__":{"name":"y"}}'],
    ['a prototype written in escapes', '{"key":"x","\\u005f_proto__":{"name":"y"}}'],
    ["a constructor's prototype", '{"key":"x","constructor":{"prototype":{"name":"y"}}}'],
  ])('is a clear problem: %s', async (_, payload) => {
    expect(await raw(payload)).toMatchObject({
      status: 400,
      type: 'application/problem+json; charset=utf-8',
      body: { code: expect.stringMatching(/^request_(malformed|invalid)$/) as string, status: 400 },
    })
    expect(({} as { name?: unknown }).name).toBeUndefined()
  })

  test('is too large past the limit, and the limit is told', async () => {
    const body = JSON.stringify({ key: 'x', name: 'n'.repeat(1_100_000) })

    expect(await raw(body)).toMatchObject({ status: 413, body: { code: 'body_too_large', limit: 1_048_576 } })
  })

  test('is too large past the limit, whatever it says of its length', async () => {
    const endless = Readable.from(
      (function* () {
        for (let sent = 0; sent < 40; sent++) yield Buffer.alloc(65_536, 0x20)
      })(),
    )
    const reply = await http.inject({
      method: 'POST',
      url: path,
      headers: { authorization: bearer, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      payload: endless,
    })

    expect(reply.statusCode).toBe(413)
  })

  test.each([
    ['nested a hundred thousand times', `{"key":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    [
      'with a hundred thousand unknown fields',
      `{${Array.from({ length: 60_000 }, (_, i) => `"f${i}":1`).join(',')}}`,
    ],
    ['with numbers past all bounds', '{"key":1e99999,"name":-1e99999}'],
  ])('is refused with little work when it is a bomb: %s', async (_, payload) => {
    const before = process.cpuUsage()
    const { status } = await raw(payload)

    expect(status).toBe(400)
    expect(millisecondsWorked(before)).toBeLessThan(2_000)
  })
})

describe('a body that is not JSON', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-seq',
    'text/json',
    'application/xml',
    'application/json;x',
    'application /json',
  ])('is not read: %s', async (type) => {
    expect(await raw('{"key":"x"}', { 'content-type': type })).toMatchObject({
      status: 415,
      body: { code: 'media_type_unsupported' },
    })
  })

  test.each(['application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8'])(
    'is JSON under its own name however it is written: %s',
    async (type) => {
      expect(await raw('{"key":7}', { 'content-type': type })).toMatchObject({
        body: { code: 'request_invalid' },
      })
    },
  )
})

describe('fields that are wrong', () => {
  test('are each named with their place', async () => {
    const { status, body } = await raw('{"key":"Not A Key","name":7,"id":"org_mine","role":"superuser"}')

    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'request_invalid' })
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      '/id',
      '/key',
      '/name',
      '/role',
    ])
  })

  test.each([
    'accountId',
    'account_id',
    'orgId',
    'id',
    'role',
    'roles',
    'isOwner',
    'permissions',
    'maxRole',
    'emailVerified',
    'mfaEnabled',
    'status',
    'createdBy',
    'created_at',
    'expiresAt',
    'version',
    'assets',
    'constructor',
    'toString',
  ])('are refused when nobody asked for them: %s', async (field) => {
    expect(await raw(JSON.stringify({ key: 'x', [field]: 'y' }))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}`, detail: 'Unknown field' }] },
    })
  })

  test.each([[[]], [{}], [null], [1], [true], [['x']], [{ key: 'x' }]])(
    'are refused in another form: %j',
    async (value) => {
      const refusal = { status: 400, body: { code: 'request_invalid' } }
      expect(await raw(JSON.stringify({ key: value }))).toMatchObject(refusal)
      expect(await raw(JSON.stringify([value]))).toMatchObject(refusal)
    },
  )

  test.each([
    ['limit=0', 'a limit below one'],
    ['limit=101', 'a limit above a hundred'],
    ['limit=ten', 'a limit in letters'],
    ['limit=1&limit=2', 'a field given twice'],
    ['sort=secret', 'an order that is not there'],
    ['filter=x', 'an unknown field'],
    ['q=a%00b', 'a NUL'],
    [`cursor=${'x'.repeat(3_000)}`, 'a cursor without end'],
  ])('are refused in the query: %s', async (query) => {
    const reply = await server.operator.get(`${path}?${query}`)

    expect(reply.status).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'request_invalid' })
  })

  test.each(['%5f%5fproto__=x', 'constructor=x', 'limit=1&limit=2', 'limit[]=1', 'limit[a]=1'])(
    'are refused in the query as it is written: %s',
    async (query) => {
      expect((await server.operator.get(`${path}?${query}`)).status).toBe(400)
    },
  )
})

describe('text that has broken programs', () => {
  test.each(
    naughtyStrings.map((text, place) => [JSON.stringify(text).slice(0, 60), text, `naughty-${place}`]),
  )('is stored as it is or refused: %s', async (_, text, key) => {
    const reply = await server.operator.post(path, { key, name: text })
    const stored = await server.operator.get(`${path}/${key}`)

    expect([
      [201, text.trim()],
      [400, undefined],
    ]).toContainEqual([reply.status, stored.json().name])
  })

  test.each(naughtyStrings.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
    'finds nothing and breaks nothing in a path or a search: %s',
    async (_, text) => {
      const name = encodeURIComponent(text.toWellFormed())
      const found = await server.operator.get(`${path}/${name || '%20'}`)
      const account = await server.operator.get(`/api/v1/accounts/${name || '%20'}/organizations`)
      const searched = await server.operator.get(`${path}?q=${name}`)

      expect([400, 404, 414]).toContain(found.status)
      expect([400, 404, 414]).toContain(account.status)
      expect([200, 400]).toContain(searched.status)
    },
  )
})
