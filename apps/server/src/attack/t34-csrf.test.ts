import { describe, expect, test } from 'vitest'
import { endpoints } from '@keyholder/contract'
import { publicUrl, startTestServer, testPassword, type TestReply } from '@keyholder/testkit/server'

/*
 * T34: somebody who is signed in visits a page of another site, and the page sends what it can in their name.
 */

const server = await startTestServer()
const { http } = server.app
const signedIn = await signIn()

async function signIn(): Promise<string> {
  await server.signIn('ada')
  const reply = await server.browser.post('/api/v1/sign-in/password', {
    email: 'ada@acme.example',
    password: testPassword,
  })
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

const organization = { key: 'forged', name: 'Forged' }
const path = '/api/v1/accounts/acme/organizations'

async function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string = JSON.stringify(organization),
): Promise<Pick<TestReply, 'status' | 'text'>> {
  const reply = await http.inject({
    method: method as 'POST',
    url,
    headers: { 'content-type': 'application/json', cookie: signedIn, ...headers },
    payload: body,
  })
  return { status: reply.statusCode, text: reply.body }
}

const organizations = async () => {
  const { items } = (await server.as('ada').get(path)).json()
  return items.map(({ key }: { key: string }) => key)
}

test('our own page may: the control', async () => {
  const reply = await send('POST', path, { origin: publicUrl }, JSON.stringify({ key: 'own', name: 'Own' }))

  expect(reply.status).toBe(201)
  expect(await organizations()).toContain('own')
})

describe('a page of another site', () => {
  // Decisions change nothing, and are for keys alone.
  const changing = endpoints.filter(
    ({ method, takesForms, path: template }) =>
      method !== 'GET' && !takesForms && !template.startsWith('/access/'),
  )

  test.each(changing.map(({ method, path: template }) => [method, template] as const))(
    'is refused before anything is looked at: %s %s',
    async (method, template) => {
      const url = template.replaceAll(/\{\w+\}/g, 'acme')
      const reply = await send(method, url, { origin: 'https://evil.example' })

      expect(reply.status).toBe(403)
      expect(JSON.parse(reply.text)).toMatchObject({ code: 'cross_site_request' })
    },
  )

  test.each([
    { what: 'no origin at all', headers: {} },
    { what: 'an origin of nothing', headers: { origin: 'null' } },
    { what: 'only the browser’s word for it', headers: { 'sec-fetch-site': 'cross-site' } },
    { what: 'a sibling', headers: { origin: 'http://localhost:4455', 'sec-fetch-site': 'same-site' } },
    { what: 'our name in another case', headers: { origin: 'HTTP://LOCALHOST:4455' } },
    { what: 'two origins', headers: { origin: `${publicUrl}, https://evil.example` } },
    { what: 'another method in a header', headers: { 'x-http-method-override': 'GET' } },
  ])('is refused with $what', async ({ headers }) => {
    const reply = await send('POST', path, headers)

    expect(reply.status).toBe(403)
    expect(await organizations()).not.toContain('forged')
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json;x',
    'application/json; charset=utf-7',
    'application/jsonp',
    '\tapplication/json\t, text/plain',
    '',
  ])('is refused as %j, also where it hides where it comes from', async (contentType) => {
    const reply = await send('POST', path, { origin: publicUrl, 'content-type': contentType })

    expect(reply.status).toBe(415)
    expect(await organizations()).not.toContain('forged')
  })

  test('signs nobody in', async () => {
    const body = JSON.stringify({ email: 'ada@acme.example', password: testPassword })
    const reply = await send(
      'POST',
      '/api/v1/sign-in/password',
      { origin: 'https://evil.example', cookie: '' },
      body,
    )

    expect(reply.status).toBe(403)
  })

  test('gets nothing by a key and a cookie together', async () => {
    const reply = await send('POST', path, {
      origin: 'https://evil.example',
      authorization: `Bearer ${server.operatorKey.secret}`,
    })

    expect(reply.status).toBe(400)
    expect(JSON.parse(reply.text)).toMatchObject({ code: 'two_credentials' })
  })
})

test('no address that is only read changes anything', () => {
  const reading = endpoints.filter(({ method }) => method === 'GET')

  expect(reading.filter(({ changesAccess, creates, edits }) => changesAccess || creates || edits)).toEqual([])
})
