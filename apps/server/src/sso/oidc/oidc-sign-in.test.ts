import type { Attributes } from '@keyholder/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { comeBack, providerAt, setOut } from './oidc-journey.fixture.ts'
import { startProvider, type ScriptedProvider } from './scripted-provider.fixture.ts'

let honest: ScriptedProvider
beforeEach(async () => {
  honest = await startProvider()
})
afterEach(() => honest.close())

/** The whole way of one browser. */
async function signIn(at: ScriptedProvider = honest, now?: Date) {
  const provider = providerAt(at.issuer)
  const journey = await setOut(provider)
  return comeBack(provider, journey, await at.visit(journey.url), now)
}

describe('somebody who signs in at an honest provider', () => {
  test('is known by the subject, with what the provider tells of them', async () => {
    honest.script.token = ({ payload }) => {
      Object.assign(payload, {
        email: 'ann@corp.test',
        email_verified: true,
        name: 'Ann Lee',
        groups: ['ops', 'a,b'],
        amr: ['pwd', 'otp'],
        acr: 'high',
      })
    }

    expect(await signIn()).toEqual({
      ok: true,
      value: {
        subject: 'johndoe',
        email: 'ann@corp.test',
        emailVerified: true,
        name: 'Ann Lee',
        attributes: expect.toSatisfy(
          (told: Attributes) => String(told.get('groups')) === 'ops,a,b',
        ) as unknown,
        authenticatedAt: undefined,
        methods: ['pwd', 'otp', 'high'],
      },
    })
  })

  test('may be told of where the provider is asked about its users', async () => {
    honest.script.userInfo = (body) => {
      Object.assign(body, {
        email: 'ann@corp.test',
        email_verified: true,
        groups: ['ops'],
        given_name: 'Ann',
      })
    }

    expect(await signIn()).toMatchObject({
      value: {
        email: 'ann@corp.test',
        emailVerified: true,
        name: 'Ann',
        attributes: expect.toSatisfy((told: Attributes) => told.get('groups')?.[0] === 'ops') as unknown,
      },
    })
  })

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('comes in with a token signed with %s', async (alg) => {
    const other = await startProvider({ alg })

    expect(await signIn(other)).toMatchObject({ ok: true })
    await other.close()
  })

  test('comes in with a key that was changed a moment ago, and that stands beside the old one', async () => {
    expect(await signIn()).toMatchObject({ ok: true })
    await honest.service.issuer.keys.generate('ES256', { kid: 'second' })

    expect(await signIn()).toMatchObject({ ok: true })
  })

  test('comes in with a key that was changed while they typed their password', async () => {
    const provider = providerAt(honest.issuer)
    const journey = await setOut(provider)
    const back = await honest.visit(journey.url)
    honest.script.keys = (keys) => keys.filter(({ kid }) => kid !== 'first')
    await honest.service.issuer.keys.generate('ES256', { kid: 'second' })

    expect(await comeBack(provider, journey, back)).toMatchObject({ ok: true })
  })

  test('may come in where there is one key, and the token does not name it', async () => {
    honest.script.token = ({ header }) => {
      Object.assign(header, { kid: undefined })
    }

    expect(await signIn()).toMatchObject({ ok: true })
  })

  test('is judged by the time that is given, and not by this machine’s', async () => {
    const ahead = new Date(Date.now() + 2 * 3_600_000)
    const behind = new Date(Date.now() - 2 * 3_600_000)

    expect(await signIn(honest, ahead)).toMatchObject({ refusal: { reason: 'token' } })
    expect(await signIn(honest, behind)).toMatchObject({ refusal: { reason: 'token' } })

    honest.script.token = ({ payload }) => {
      const now = ahead.getTime() / 1000
      Object.assign(payload, { iat: now, nbf: now, exp: now + 300 })
    }
    expect(await signIn(honest, ahead)).toMatchObject({ ok: true })
  })
})

describe('the way to the provider', () => {
  test('asks for a code, bound to this browser, with PKCE and an address of the connection’s own', async () => {
    const { url } = await setOut(providerAt(honest.issuer, { scopes: ['groups'] }), {
      loginHint: 'ann@corp.test',
    })
    const asked = Object.fromEntries(new URL(url).searchParams)

    expect(url.startsWith(`${honest.issuer}/authorize?`)).toBe(true)
    expect(asked).toEqual({
      client_id: 'keyholder',
      response_type: 'code',
      redirect_uri: 'https://access.example.com/sso/sso_acme/callback',
      scope: 'openid email profile groups',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
      login_hint: 'ann@corp.test',
    })
    expect(new Set([asked['state'], asked['nonce'], asked['code_challenge']]).size).toBe(3)
  })

  test('has PKCE with SHA-256 also where the provider offers less', async () => {
    honest.script.discovery = (document) => ({ ...document, code_challenge_methods_supported: ['plain'] })
    const plain = await setOut(providerAt(honest.issuer))
    honest.script.discovery = ({ code_challenge_methods_supported: _, ...document }) => document
    const silent = await setOut(providerAt(honest.issuer))

    for (const { url } of [plain, silent]) expect(url).toContain('code_challenge_method=S256')
  })

  test('gives each browser values of its own', async () => {
    const provider = providerAt(honest.issuer)
    const [one, other] = [
      await setOut(provider, { secret: 'one' }),
      await setOut(provider, { secret: 'other' }),
    ]

    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(new URL(one.url).searchParams.get(name)).not.toBe(new URL(other.url).searchParams.get(name))
    }
  })
})

describe('somebody who is to prove anew who they are', () => {
  const provider = () => providerAt(honest.issuer)
  const again = async (authTime: number | undefined) => {
    honest.script.token = ({ payload }) => {
      Object.assign(payload, { auth_time: authTime })
    }
    const journey = await setOut(provider(), { reauthenticate: true })
    expect(new URL(journey.url).searchParams.get('prompt')).toBe('login')
    expect(new URL(journey.url).searchParams.get('max_age')).toBe('0')
    return comeBack(provider(), journey, await honest.visit(journey.url))
  }

  test('has to have done it just now', async () => {
    const now = Math.floor(Date.now() / 1000)

    expect(await again(now)).toMatchObject({ ok: true, value: { authenticatedAt: new Date(now * 1000) } })
    expect(await again(now - 3_600)).toMatchObject({ ok: false, refusal: { reason: 'token' } })
  })

  test('is refused where the provider does not say when', async () => {
    expect(await again(undefined)).toMatchObject({ ok: false, refusal: { reason: 'token' } })
  })
})

describe('a client secret', () => {
  const posted = async (methods: readonly string[] | undefined, clientSecret: string | undefined) => {
    let seen: { authorization?: string | undefined; form?: Record<string, unknown> } = {}
    honest.script.discovery = ({ token_endpoint_auth_methods_supported: _, ...document }) =>
      methods ? { ...document, token_endpoint_auth_methods_supported: methods } : document
    honest.script.token = (_, request) => {
      seen = { authorization: request.headers.authorization, form: { ...request.body } }
    }
    const provider = providerAt(honest.issuer, { clientSecret })
    const journey = await setOut(provider)
    expect(await comeBack(provider, journey, await honest.visit(journey.url))).toMatchObject({ ok: true })
    return seen
  }
  const basic = `Basic ${Buffer.from('keyholder:s3cret').toString('base64')}`

  test('is sent in the form where the provider takes it there, else in the header', async () => {
    const form = { authorization: undefined, form: { client_secret: 's3cret' } }

    expect(await posted(undefined, 's3cret')).toMatchObject({ authorization: basic })
    expect(await posted(['client_secret_basic'], 's3cret')).toMatchObject({ authorization: basic })
    expect(await posted(['client_secret_post', 'client_secret_basic'], 's3cret')).toMatchObject(form)
  })

  test('need not be, for a client that has none', async () => {
    const seen = await posted(['none'], undefined)

    expect(seen.authorization).toBeUndefined()
    expect(seen.form).not.toHaveProperty('client_secret')
  })
})
