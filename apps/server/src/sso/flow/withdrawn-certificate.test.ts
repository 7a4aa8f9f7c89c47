import { carryingSession, startTestServer } from '@keyholder/testkit/server'
import { beforeEach, describe, expect, test } from 'vitest'
import { provider } from '../saml/genuine-response.fixture.ts'
import { makeKeyPair } from '../saml/key-pair.ts'
import {
  answerTo,
  comeBack,
  cookieIn,
  goAway,
  pathOf,
  postForm,
  samlConnection,
} from './saml-journey.fixture.ts'

const server = await startTestServer()
const { browser } = server
const acme = await samlConnection(server.db, { domain: 'corp.test', defaultRole: 'viewer' })
const next = await makeKeyPair('next.example.test', new Date())
const address = `/api/v1/accounts/acme/sso-connections/${acme}`

async function trust(...certificates: readonly string[]): Promise<void> {
  const ada = server.as('ada')
  const found = await ada.get(address)
  const { entity_id, sign_on_url } = found.json()['provider']
  const wanted = { provider: { kind: 'saml', entity_id, sign_on_url, certificates } }
  const reply = await ada.patch(address, wanted, { headers: { 'if-match': found.headers['etag'] ?? '' } })
  if (reply.status !== 200) throw new Error(reply.text)
}

describe('a certificate that is taken away from an identity provider', () => {
  beforeEach(() => trust(provider.certificate))

  test('lets nobody in by an answer that was taken before', async () => {
    const away = await goAway(browser, acme)
    const posted = await postForm(server, acme, answerTo(away))
    await trust(next.certificate)
    const finished = await server.anonymous.get(pathOf(posted), { headers: { cookie: away.cookie } })

    expect(pathOf(posted)).toContain('/finish?')
    expect(pathOf(finished)).toBe('/sign-in?error=sso_failed')
    expect(cookieIn(finished, '__Host-keyholder')).toBe('')
    expect((await server.events('acme')).at(-1)).toMatchObject({ reason: 'connection_changed' })
  })

  test('takes along the sessions that came by it, as another beside it does not', async () => {
    const away = await goAway(browser, acme)
    const client = carryingSession(server.app, await comeBack(server, away, answerTo(away)))
    await trust(provider.certificate, next.certificate)
    expect((await client.get('/api/v1/session')).status).toBe(200)

    await trust(next.certificate)
    expect((await client.get('/api/v1/session')).status).toBe(401)
  })
})
