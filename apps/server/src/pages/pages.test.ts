import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { endpoints, problems } from '@keyholder/contract'
import { startTestServer } from '@keyholder/testkit/server'
import { html } from './html.ts'

const server = await startTestServer()

describe.each([
  '/',
  '/docs/api',
  '/invitation',
  '/connection',
  '/reset-password',
  '/verify-email',
  '/confirm-email',
  '/sign-in',
])('the page %s', (path) => {
  test('may use its own styles, and nothing else', async () => {
    const { text, headers } = await server.anonymous.get(path)
    const styles = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(styles).digest('base64')

    expect(styles.length).toBeGreaterThan(1_000)
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
    expect(text).not.toMatch(/<script|<link|<img|style="|\son\w+="|https?:\/\/(?!localhost:4455)/)
  })

  test('is a whole document in one language with one headline', async () => {
    const { text, headers } = await server.anonymous.get(path)

    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/)
    expect(text.match(/<h1/g)).toHaveLength(1)
    expect(text.match(/<main/g)).toHaveLength(1)
  })
})

test('the start page says what runs and where to look', async () => {
  const { text } = await server.anonymous.get('/')

  for (const word of [
    'Network inventory',
    '0.0.0-test',
    '/docs/api',
    '/openapi.json',
    '/.well-known/authzen-configuration',
  ]) {
    expect(text).toContain(word)
  }
})

test('the page where single sign-on leads explains whatever it is told', async () => {
  const { status, text } = await server.anonymous.get('/sign-in?pending=second_factor&return_to=%2F')
  const other = await server.anonymous.get('/sign-in?error=<script>')

  expect(status).toBe(200)
  for (const word of ['second_factor', 'set_up_mfa', 'link_sso', 'sso_failed', 'sso_link_needed'])
    expect(text).toContain(`<code>${word}</code>`)
  expect(other.text).toBe(text)
})

test.each([
  ['/invitation', ['invitations/open', 'invitations/join', 'invitations/accept']],
  ['/reset-password', ['password-reset/confirm']],
  ['/verify-email', ['email-verification/confirm']],
  ['/confirm-email', ['email-change/confirm']],
  ['/sign-in', ['session/totp', 'me/tokens/totp', 'me/identities/link']],
])('the page %s names what answers it, and nothing that is not there', async (path, expected) => {
  const { text } = await server.anonymous.get(path)
  const named = [...text.matchAll(/<code>(?:POST )?(\/api\/v1\/[^<]+)<\/code>/g)].map(([, name]) => name)
  const posts = endpoints.filter(({ method }) => method === 'POST').map((endpoint) => endpoint.path)

  expect(named).toEqual(expect.arrayContaining(expected.map((end) => `/api/v1/${end}`)))
  expect(named.filter((name) => !posts.some((post) => post === name))).toEqual([])
})

test('the reference has a place for every endpoint and every problem, and no link leads nowhere', async () => {
  const { text } = await server.anonymous.get('/docs/api')
  const places = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)

  expect(places).toEqual(expect.arrayContaining(endpoints.map(({ id }) => id)))
  expect(places).toEqual(expect.arrayContaining(Object.keys(problems).map((code) => `problem-${code}`)))
  expect(new Set(places).size).toBe(places.length)
  expect(links.filter((link) => !places.includes(link))).toEqual([])
})

test('the description is the one that is kept with the code, at this address', async () => {
  const served = (await server.anonymous.get('/openapi.json')).json()

  expect(served.servers).toEqual([{ url: 'http://localhost:4455' }])
  expect(Object.keys(served.paths)).toEqual([...new Set(endpoints.map(({ path }) => path))])
})

test('what stands in a page is text, whatever it is', () => {
  expect(html`<p>${'<script>"&\''}</p>`.markup).toBe('<p>&#60;script&#62;&#34;&#38;&#39;</p>')
})
