import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose'
import { discoverProvider } from './discover.ts'
import { comeBack, discovered, outside, providerAt, setOut } from './oidc-journey.fixture.ts'
import { startProvider, type Script, type ScriptedProvider } from './scripted-provider.fixture.ts'

let provider: ScriptedProvider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.close())

async function signIn() {
  const acme = providerAt(provider.issuer)
  const journey = await setOut(acme)
  return comeBack(acme, journey, await provider.visit(journey.url))
}

const refused = (reason: string) => ({ ok: false, refusal: { code: 'sso_refused', reason } })

test('an honest answer lets somebody in, or nothing below would mean anything', async () => {
  expect(await signIn()).toMatchObject({ ok: true, value: { subject: 'johndoe' } })
})

describe('a token lets nobody in', () => {
  const seconds = Math.floor(Date.now() / 1000)

  test.each([
    { why: 'its issuer is another', change: { iss: 'https://evil.test' } },
    { why: 'its issuer has a slash more', change: { iss: (iss: string) => `${iss}/` } },
    { why: 'it has no issuer', change: { iss: undefined } },
    { why: 'it is for another client', change: { aud: 'somebody-else' } },
    { why: 'it is for several, of which we are none', change: { aud: ['a', 'b'] } },
    {
      why: 'it is for us and others, and nobody is named as its holder',
      change: { aud: ['keyholder', 'other'] },
    },
    { why: 'it is for us and held by another', change: { aud: ['keyholder', 'other'], azp: 'other' } },
    { why: 'it is for us alone, and held by another', change: { azp: 'other' } },
    { why: 'its audience is an object', change: { aud: { keyholder: true } } },
    { why: 'it has no audience', change: { aud: undefined } },
    { why: 'it is over', change: { exp: seconds - 3_600 } },
    { why: 'it never ends', change: { exp: undefined } },
    { why: 'its end is a text', change: { exp: String(seconds + 600) } },
    { why: 'it does not say when it was issued', change: { iat: undefined } },
    { why: 'it was issued at a text', change: { iat: 'now' } },
    { why: 'it is issued in an hour', change: { iat: seconds + 3_600 } },
    { why: 'it begins in an hour', change: { nbf: seconds + 3_600 } },
    { why: 'it names nobody', change: { sub: undefined } },
    { why: 'its subject is a number', change: { sub: 7 } },
    { why: 'its subject is a list', change: { sub: ['johndoe'] } },
    { why: 'it has no nonce', change: { nonce: undefined } },
    { why: 'its nonce is that of another sign-in', change: { nonce: 'n'.repeat(43) } },
    { why: 'its nonce is an empty text', change: { nonce: '' } },
  ])('when $why', async ({ change }) => {
    provider.script.token = ({ payload }) => {
      const [name, value] = Object.entries(change)[0] as [string, unknown]
      payload[name] =
        typeof value === 'function' ? (value as (was: unknown) => unknown)(payload[name]) : value
    }

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test.each(['', ' johndoe', 'john\ndoe', 'john\u200bdoe', 'j'.repeat(300)])(
    'when its subject is no name: %j',
    async (sub) => {
      provider.script.token = ({ payload }) => {
        payload['sub'] = sub
      }
      // The user endpoint agrees, so that only the name itself is left to refuse.
      provider.script.userInfo = (body) => {
        body['sub'] = sub
      }

      expect(await signIn()).toMatchObject({ ok: false, refusal: { code: 'sso_refused' } })
    },
  )

  test('when it is held by us among others, it does', async () => {
    provider.script.token = ({ payload }) => {
      Object.assign(payload, { aud: ['keyholder', 'other'], azp: 'keyholder' })
    }

    expect(await signIn()).toMatchObject({ ok: true })
  })
})

describe('a signature lets nobody in', () => {
  const replaced = (make: (claims: JWTPayload, kid: string) => string | Promise<string>): Script => {
    let made: Promise<string> | string = ''
    return {
      token: ({ header, payload }) => {
        made = make({ ...payload }, header.kid)
      },
      answer: async (body) => {
        body['id_token'] = await made
      },
    }
  }

  test('when there is none', async () => {
    Object.assign(
      provider.script,
      replaced((claims) => `${part({ alg: 'none' })}.${part(claims)}.`),
    )

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test.each(['None', 'NONE', 'nOnE', '', undefined, null, 'HS256', 'HS512', 'RS1'])(
    'when its algorithm is %j',
    async (alg) => {
      Object.assign(
        provider.script,
        replaced((claims) => `${part({ alg, kid: 'first' })}.${part(claims)}.c2ln`),
      )

      expect(await signIn()).toMatchObject(refused('token'))
    },
  )

  test('when it is made with the public key as a shared secret', async () => {
    const [jwk] = provider.service.issuer.keys.toJSON()
    const publicKey = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    const secrets = [publicKey.export({ type: 'spki', format: 'pem' }), JSON.stringify(jwk)]

    for (const secret of secrets) {
      Object.assign(
        provider.script,
        replaced((claims) => hmac(claims, secret)),
      )
      expect(await signIn()).toMatchObject(refused('token'))
    }
  })

  test('when it is made with the client’s secret', async () => {
    Object.assign(
      provider.script,
      replaced((claims) => hmac(claims, 's3cret')),
    )

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when a byte of it is different', async () => {
    provider.script.answer = (body) => {
      const [header, claims, signature = ''] = String(body['id_token']).split('.')
      const bytes = Buffer.from(signature, 'base64url')
      bytes[0] = (bytes[0] ?? 0) ^ 1
      body['id_token'] = `${header}.${claims}.${bytes.toString('base64url')}`
    }

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when what it signs is different', async () => {
    provider.script.answer = (body) => {
      const [header, claims = '', signature] = String(body['id_token']).split('.')
      const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), sub: 'ann' }
      body['id_token'] = `${header}.${part(changed)}.${signature}`
    }
    provider.script.userInfo = (body) => {
      body['sub'] = 'ann'
    }

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test.each([
    ['under the provider’s own name for a key', (_jku: string) => ({ kid: 'first' })],
    ['with an address of keys (jku)', (jku: string) => ({ kid: 'evil', jku })],
    ['with an address of certificates (x5u)', (x5u: string) => ({ kid: 'evil', x5u })],
    ['with a name that is a path', () => ({ kid: '../../../dev/null' })],
    ['with a name that is a query', () => ({ kid: "' or 1=1 --" })],
    ['with no name', () => ({})],
  ])('when it is made with somebody else’s key, %s', async (_, headerOf) => {
    const attacker = await startProvider()
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    await attacker.service.issuer.keys.add({ ...jwk, alg: 'ES256', kid: 'evil' })
    const header = headerOf(`${attacker.issuer}/jwks`)
    Object.assign(
      provider.script,
      replaced((claims) =>
        new SignJWT(claims).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey),
      ),
    )

    expect(await signIn()).toMatchObject(refused('token'))
    expect(attacker.asked).toEqual([])
    await attacker.close()
  })

  test('when it brings its key along', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    Object.assign(
      provider.script,
      replaced((claims) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', jwk }).sign(privateKey)),
    )

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when it demands what nobody understands', async () => {
    const [jwk] = provider.service.issuer.keys.toJSON(true)
    const key = await importJWK(jwk as JWK, 'ES256')
    const header = { alg: 'ES256', kid: 'first', crit: ['mercy'], mercy: true }
    Object.assign(
      provider.script,
      replaced((claims) =>
        new SignJWT(claims).setProtectedHeader(header).sign(key, { crit: { mercy: true } }),
      ),
    )

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when it does not say which of several keys made it', async () => {
    await provider.service.issuer.keys.generate('ES256', { kid: 'second' })
    provider.script.token = ({ header }) => {
      Object.assign(header, { kid: undefined })
    }

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when its key was withdrawn', async () => {
    const acme = providerAt(provider.issuer)
    const journey = await setOut(acme)
    const back = await provider.visit(journey.url)
    provider.script.keys = () => []

    expect(await comeBack(acme, journey, back)).toMatchObject(refused('token'))
  })

  test.each([
    ['for encryption', { use: 'enc' }],
    ['for signing alone, and not for verifying', { key_ops: ['sign'] }],
    ['for another algorithm', { alg: 'ES384' }],
    ['on another curve', { crv: 'P-384' }],
    ['of nonsense', { key_ops: 7 }],
  ])('when the published key is %s', async (_, change) => {
    provider.script.keys = (keys) => keys.map((key) => ({ ...key, ...change }))

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test.each([[], ['first'], [null], 'keys', {}].map((keys) => [keys]))(
    'when the published keys are %j',
    async (keys) => {
      provider.script.keys = () => keys

      expect(await signIn()).toMatchObject(refused('token'))
    },
  )

  test('when its RSA key is too short', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    provider.script.keys = () => [{ ...publicKey.export({ format: 'jwk' }), kid: 'first' }]
    Object.assign(
      provider.script,
      replaced((claims) => {
        const signed = `${part({ alg: 'RS256', kid: 'first' })}.${part(claims)}`
        return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
      }),
    )

    expect(await signIn()).toMatchObject(refused('token'))
  })
})

describe('an answer lets nobody in', () => {
  test.each([
    { why: 'it has no token', answer: { id_token: undefined } },
    { why: 'its token is no token', answer: { id_token: 'a.b' } },
    { why: 'its token is encrypted', answer: { id_token: 'a.b.c.d.e' } },
    { why: 'it has nothing to ask with', answer: { access_token: undefined } },
    { why: 'its token is an object', answer: { id_token: {} } },
  ])('when $why', async ({ answer }) => {
    provider.script.answer = (body) => {
      Object.assign(body, answer)
    }

    expect(await signIn()).toMatchObject(refused('token'))
  })

  test('when the user endpoint speaks of somebody else', async () => {
    provider.script.userInfo = (body) => {
      body['sub'] = 'ann'
    }

    expect(await signIn()).toMatchObject(refused('userinfo'))
  })

  test.each([undefined, null, '', ['johndoe'], { sub: 'johndoe' }])(
    'when the user endpoint speaks of %j',
    async (sub) => {
      provider.script.userInfo = (body) => {
        body['sub'] = sub
      }

      expect(await signIn()).toMatchObject(refused('userinfo'))
    },
  )
})

describe('a callback lets nobody in', () => {
  /** A browser that comes back, and whose address somebody changed on the way. */
  const returning = async (change: (back: URL) => void) => {
    const acme = providerAt(provider.issuer)
    const journey = await setOut(acme)
    const back = await provider.visit(journey.url)
    change(back)
    return comeBack(acme, journey, back)
  }

  test.each([
    { why: 'it has no state', change: (back: URL) => back.searchParams.delete('state') },
    { why: 'its state is another', change: (back: URL) => back.searchParams.set('state', 's'.repeat(43)) },
    { why: 'its state is empty', change: (back: URL) => back.searchParams.set('state', '') },
    { why: 'its state comes twice', change: (back: URL) => back.searchParams.append('state', 'another') },
    { why: 'its code comes twice', change: (back: URL) => back.searchParams.append('code', 'another') },
    {
      why: 'it names another issuer',
      change: (back: URL) => back.searchParams.set('iss', 'https://evil.test'),
    },
    { why: 'it names two issuers', change: bothIssuers },
    { why: 'it has no code', change: (back: URL) => back.searchParams.delete('code') },
    {
      why: 'it brings a token of its own',
      change: (back: URL) => back.searchParams.set('id_token', 'a.b.c'),
    },
    { why: 'it brings a signed answer', change: (back: URL) => back.searchParams.set('response', 'a.b.c') },
  ])('when $why', async ({ change }) => {
    expect(await returning(change)).toMatchObject(refused('token'))
    expect(provider.asked).not.toContain('/token')
  })

  test('when the provider says no, and its words do not come further than the log', async () => {
    const saying = (error: string) => (back: URL) => {
      back.searchParams.delete('code')
      back.searchParams.set('error', error)
      back.searchParams.set('error_description', '<script>alert(1)</script>')
    }

    expect(await returning(saying('access_denied'))).toEqual({
      ok: false,
      refusal: { code: 'sso_refused', reason: 'provider_refused', detail: 'access_denied' },
    })
    expect(await returning(saying('\u001b[31m<script>'))).toEqual({
      ok: false,
      refusal: { code: 'sso_refused', reason: 'provider_refused', detail: 'unknown' },
    })
  })

  test('when the provider promised to name itself, and somebody took that out', async () => {
    provider.script.discovery = (document) => ({
      ...document,
      authorization_response_iss_parameter_supported: true,
    })

    expect(await returning(() => undefined)).toMatchObject(refused('token'))
    expect(await returning((back) => back.searchParams.set('iss', provider.issuer))).toMatchObject({
      ok: true,
    })
  })

  test('when its code was used before', async () => {
    const acme = providerAt(provider.issuer)
    const journey = await setOut(acme)
    const back = await provider.visit(journey.url)
    expect(await comeBack(acme, journey, back)).toMatchObject({ ok: true })

    expect(await comeBack(acme, journey, back)).toMatchObject(refused('code_refused'))
  })

  test('when it comes in another browser', async () => {
    const acme = providerAt(provider.issuer)
    const mine = await setOut(acme, { secret: 'my browser' })
    const theirs = await setOut(acme, { secret: 'their browser' })
    const back = await provider.visit(mine.url)

    expect(await comeBack(acme, theirs, back)).toMatchObject(refused('token'))
  })

  test('when it brings the code of another browser, with its own state', async () => {
    const acme = providerAt(provider.issuer)
    const [mine, theirs] = [await setOut(acme, { secret: 'mine' }), await setOut(acme, { secret: 'theirs' })]
    const [my, their] = [await provider.visit(mine.url), await provider.visit(theirs.url)]
    my.searchParams.set('code', their.searchParams.get('code') ?? '')

    // PKCE: the code belongs to what the other browser was sent away with.
    expect(await comeBack(acme, mine, my)).toMatchObject(refused('code_refused'))
  })

  test('when the provider does not look at PKCE, because the nonce is another', async () => {
    const acme = providerAt(provider.issuer)
    const [mine, theirs] = [await setOut(acme, { secret: 'mine' }), await setOut(acme, { secret: 'theirs' })]
    const [my, their] = [await provider.visit(mine.url), await provider.visit(theirs.url)]
    my.searchParams.set('code', their.searchParams.get('code') ?? '')
    const asTheirs = { ...mine.callback.flow, codeVerifier: theirs.callback.flow.codeVerifier }

    expect(await comeBack(acme, { callback: { ...mine.callback, flow: asTheirs } }, my)).toMatchObject(
      refused('token'),
    )
  })
})

describe('two connections', () => {
  test('are not mixed up: what was begun with one is not finished with the other', async () => {
    const evil = await startProvider()
    const [honest, attacker] = [
      providerAt(provider.issuer),
      providerAt(evil.issuer, { connection: 'sso_evil' }),
    ]
    const journey = await setOut(honest)
    const back = await provider.visit(journey.url)

    expect(await comeBack(attacker, journey, back)).toMatchObject(refused('other_connection'))
    expect(evil.asked).not.toContain('/token')
    await evil.close()
  })

  test('have each an address of their own to come back to', async () => {
    const [one, other] = [
      await setOut(providerAt(provider.issuer)),
      await setOut(providerAt(provider.issuer, { connection: 'sso_other' })),
    ]

    expect(one.callback.redirectUri).not.toBe(other.callback.redirectUri)
    expect(new URL(one.url).searchParams.get('redirect_uri')).toBe(one.callback.redirectUri)
  })

  test('of one provider do not take each other’s tokens', async () => {
    const [one, other] = [providerAt(provider.issuer), providerAt(provider.issuer, { clientId: 'other' })]
    const journey = await setOut(other)
    const back = await provider.visit(journey.url)
    provider.script.token = ({ payload }) => {
      payload['aud'] = 'other'
    }

    expect(await comeBack(one, journey, back)).toMatchObject(refused('token'))
  })

  test('cannot borrow each other’s provider by naming its addresses', async () => {
    const evil = await startProvider()
    // The attacker's document names honest addresses, and so brings honest tokens under the attacker's name.
    const document = await discovered(providerAt(provider.issuer))
    evil.script.discovery = ({ issuer }) => ({ ...document, issuer })
    const attacker = providerAt(evil.issuer, { connection: 'sso_evil' })
    const journey = await setOut(attacker)

    expect(await comeBack(attacker, journey, await provider.visit(journey.url))).toMatchObject(
      refused('token'),
    )
    await evil.close()
  })
})

describe('what a provider says of itself is not taken', () => {
  test.each([
    { why: 'it calls itself another', change: { issuer: 'https://evil.test' } },
    { why: 'it calls itself the same with a slash', change: { issuer: (was: string) => `${was}/` } },
    { why: 'it does not say who it is', change: { issuer: undefined } },
    { why: 'it has no address for codes', change: { token_endpoint: undefined } },
    { why: 'it has no keys', change: { jwks_uri: undefined } },
    { why: 'it has no place to sign in', change: { authorization_endpoint: undefined } },
    { why: 'its place to sign in is a script', change: { authorization_endpoint: 'javascript:alert(1)' } },
    { why: 'its keys are a file', change: { jwks_uri: 'file:///etc/passwd' } },
    { why: 'its user endpoint is no address', change: { userinfo_endpoint: 'here' } },
    {
      why: 'it signs with a shared secret alone',
      change: { id_token_signing_alg_values_supported: ['HS256', 'none'] },
    },
  ])('when $why', async ({ change }) => {
    const [name, value] = Object.entries(change)[0] as [string, unknown]
    provider.script.discovery = (document) => ({
      ...document,
      [name]: typeof value === 'function' ? (value as (was: unknown) => unknown)(document[name]) : value,
    })

    expect(await discoverProvider(outside, provider.issuer)).toMatchObject(refused('discovery'))
  })

  test.each(['', 'idp.test', 'https://', 'ftp://idp.test'])('when its issuer is %j', async (issuer) => {
    expect(await discoverProvider(outside, issuer)).toMatchObject({
      ok: false,
      refusal: { code: 'sso_refused' },
    })
  })

  test('when its keys or codes stand inside, where nobody is to be asked', async () => {
    provider.script.discovery = (document) => ({
      ...document,
      token_endpoint: 'https://169.254.169.254/token',
    })

    expect(await signIn()).toEqual({
      ok: false,
      refusal: { code: 'sso_refused', reason: 'unreachable', detail: 'outside_address_refused' },
    })
  })

  test.each(['http://10.0.0.1', 'https://10.0.0.1', 'https://[::1]', 'https://169.254.169.254'])(
    'when it would stand at %s',
    async (issuer) => {
      expect(await discoverProvider(outside, issuer)).toMatchObject(refused('unreachable'))
    },
  )
})

function bothIssuers(back: URL) {
  back.searchParams.append('iss', provider.issuer)
  back.searchParams.append('iss', 'https://evil.test')
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function hmac(claims: JWTPayload, secret: string | Buffer): string {
  const signed = `${part({ alg: 'HS256', kid: 'first', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
