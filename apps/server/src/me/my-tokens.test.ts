import type { SessionId } from '@keyholder/core'
import { endSession, transaction } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  carryingSession,
  publicUrl,
  startTestServer,
  testPassword,
  totpCode,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'
import { proveTotp } from '../mfa/prove-totp.ts'
import { newSealingKey, sealingKeys } from '../sealing/sealing-key.ts'
import { Sealing } from '../sealing/sealing.ts'
import { mostGuesses, mostGuessesInARow } from '../session/attempt-limits.ts'
import { EmulatedKey } from '../mfa/webauthn/emulated-key.fixture.ts'

const server = await startTestServer()
const { app, browser, database, db } = server
const tokens = '/api/v1/me/tokens'

/** Nobody holds anything, and nobody has guessed. */
beforeEach(async () => {
  for (const table of ['mfa_tokens', 'recovery_codes', 'sessions', 'attempts', 'challenges', 'outbox']) {
    await database.asOwner(`delete from ${table}`)
  }
  await database.asOwner(`update accounts set settings = settings - 'mfa'`)
})

/** A code of one period ahead, which is taken already: a slow machine is in time with it. */
async function codeOf(secret: string): Promise<string> {
  const [row] = await database.asOwner<{ at: string }>(
    `select extract(epoch from clock_timestamp()) * 1000 as at`,
  )
  return totpCode(secret, Number(row?.at) + 30_000)
}

async function mails(): Promise<readonly Record<string, unknown>[]> {
  const rows = await database.asOwner<{ payload: Record<string, unknown> }>(
    'select payload from outbox order by created_at, id',
  )
  return rows.map(({ payload }) => payload)
}

/** Sets a generator of codes up; tells its secret, and the browser that goes on. */
async function withTotp(client: TestClient) {
  const begun = (await client.post(`${tokens}/totp`)).json<{ token: string; secret: string }>()
  const code = await codeOf(begun.secret)
  const reply = await client.post(`${tokens}/totp/${begun.token}/confirm`, { code, name: 'Phone' })
  expect(reply.status).toBe(200)
  return { ...begun, code, client: carryingSession(app, reply) }
}

/** Adds a hardware key; tells the browser that goes on. */
async function withKey(client: TestClient, key = new EmulatedKey(publicUrl)) {
  const { challenge, options } = (await client.post(`${tokens}/security-key/challenge`)).json<{
    challenge: string
    options: Parameters<EmulatedKey['create']>[0]
  }>()
  const response = key.create(options)
  const reply = await client.post(`${tokens}/security-key`, { challenge, response, name: 'Blue' })
  return { key, reply, response, client: reply.status === 201 ? carryingSession(app, reply) : client }
}

function signIn(user: string): Promise<TestReply> {
  return browser.post('/api/v1/sign-in/password', { email: `${user}@acme.example`, password: testPassword })
}

async function askedFor(client: TestClient, path: string) {
  const reply = await client.post(`${path}/challenge`)
  return reply.json<{ challenge: string; options: Parameters<EmulatedKey['get']>[0] }>()
}

describe('a generator of one-time codes', () => {
  test('is set up by its first code, after which every sign-in asks for one', async () => {
    const { secret, code, client } = await withTotp(await server.signIn('viv'))

    expect((await client.get('/api/v1/session')).json()).toMatchObject({
      second_factor: 'totp',
      second_factors: ['totp'],
      pending: null,
    })
    const half = await signIn('viv')
    expect(half.json()).toMatchObject({ pending: 'second_factor' })
    const begun = carryingSession(app, half)
    expect((await begun.get('/api/v1/me')).json()).toMatchObject({ code: 'sign_in_unfinished' })

    // A code is taken once; here it is a later one.
    const used = await begun.post('/api/v1/session/totp', { code })
    expect(used.json()).toMatchObject({ code: 'proof_refused' })
    await database.asOwner('update mfa_tokens set last_step = 0')
    const whole = await begun.post('/api/v1/session/totp', { code: await codeOf(secret) })
    expect(whole.json()).toMatchObject({ pending: null, second_factor: 'totp' })
    expect((await carryingSession(app, whole).get('/api/v1/me')).status).toBe(200)
    expect((await begun.get('/api/v1/session')).status).toBe(401)
  })

  test('counts for nothing until its first code was right', async () => {
    const client = await server.signIn('viv')
    const { token } = (await client.post(`${tokens}/totp`)).json<{ token: string }>()
    const reply = await client.post(`${tokens}/totp/${token}/confirm`, { code: '000000x' })

    expect(reply.json()).toMatchObject({ code: 'proof_refused' })
    expect((await signIn('viv')).json()).toMatchObject({ pending: null })
    expect((await client.get(tokens)).json()).toEqual({ items: [], recovery_codes: 0 })
  })

  test('is nobody else’s to confirm', async () => {
    const viv = await server.signIn('viv')
    const { token, secret } = (await viv.post(`${tokens}/totp`)).json<{ token: string; secret: string }>()
    const ada = await server.signIn('ada')
    const code = await codeOf(secret)

    expect((await ada.post(`${tokens}/totp/${token}/confirm`, { code })).status).toBe(404)
  })

  test('keeps its secret sealed, and tells it to no log and in no answer after the first', async () => {
    const { secret, client, token } = await withTotp(await server.signIn('viv'))
    const rows = await database.asOwner<{ row: string }>('select mfa_tokens::text as row from mfa_tokens')
    const told = JSON.stringify([
      await server.events('acme'),
      (await client.get(tokens)).json(),
      await mails(),
    ])

    expect(rows).toHaveLength(1)
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([])
    expect(told).toContain(token)
    expect(told).not.toContain(secret)
  })

  test('is sealed anew with the deployment’s newest key when it is used', async () => {
    const { secret, token } = await withTotp(await server.signIn('viv'))
    const [kept] = await database.asOwner<{ sealing_keys: string[] }>('select sealing_keys from deployment')
    const rotated = new Sealing(sealingKeys([newSealingKey(), ...(kept?.sealing_keys ?? [])]))
    const isRight = await transaction(db, 'deployment', async (tx) => {
      await tx.updateTable('mfa_tokens').set({ last_step: 0 }).execute()
      return proveTotp(tx, rotated, worldIds.user('viv'), await codeOf(secret))
    })
    const [row] = await database.asOwner<{ sealed_secret: string }>('select sealed_secret from mfa_tokens')
    const sealed = row?.sealed_secret ?? ''

    expect(isRight).toBe(true)
    expect(rotated.needsResealing(sealed)).toBe(false)
    expect(await rotated.open(sealed, { purpose: 'totp_secret', owner: token })).toBe(secret)
  })

  test('is taken by one of many requests with the same code', async () => {
    const { secret } = await withTotp(await server.signIn('viv'))
    await database.asOwner('update mfa_tokens set last_step = 0')
    const halves = await Promise.all(Array.from({ length: 6 }, () => signIn('viv')))
    const code = await codeOf(secret)
    const replies = await Promise.all(
      halves.map((half) => carryingSession(app, half).post('/api/v1/session/totp', { code })),
    )

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('a hardware key', () => {
  test('is added, and proves the second factor from then on', async () => {
    const { key, reply } = await withKey(await server.signIn('viv'))
    expect(reply.json()).toMatchObject({ kind: 'security_key', name: 'Blue', stands_alone: true })

    const begun = carryingSession(app, await signIn('viv'))
    const asked = await askedFor(begun, '/api/v1/session/security-key')
    const whole = await begun.post('/api/v1/session/security-key', {
      challenge: asked.challenge,
      response: key.get(asked.options),
    })

    expect(whole.json()).toMatchObject({ pending: null, second_factor: 'security_key' })
  })

  test('signs in alone, where it knows its person, and proves everything once more', async () => {
    const { key } = await withKey(await server.signIn('viv'))
    const asked = await askedFor(browser, '/api/v1/sign-in/passkey')
    const reply = await browser.post('/api/v1/sign-in/passkey', {
      challenge: asked.challenge,
      response: key.get(asked.options),
    })

    expect(asked.options).toMatchObject({ allowCredentials: [], userVerification: 'required' })
    expect(reply.json()).toMatchObject({
      user: { id: worldIds.user('viv') },
      first_factor: 'passkey',
      second_factor: 'passkey',
      pending: null,
    })
    const client = carryingSession(app, reply)
    const again = await askedFor(client, '/api/v1/session/passkey')
    const fresh = await client.post('/api/v1/session/passkey', {
      challenge: again.challenge,
      response: key.get(again.options),
    })
    expect(fresh.json()).toMatchObject({ first_factor: 'passkey', fresh_until: expect.any(String) })
  })

  test('signs nobody in whose home has suspended them', async () => {
    const { key } = await withKey(await server.signIn('viv'))
    await database.asOwner(`update memberships set status = 'suspended' where user_id = $1`, [
      worldIds.user('viv'),
    ])
    const asked = await askedFor(browser, '/api/v1/sign-in/passkey')
    const reply = await browser.post('/api/v1/sign-in/passkey', {
      challenge: asked.challenge,
      response: key.get(asked.options),
    })
    await database.asOwner(`update memberships set status = 'active' where user_id = $1`, [
      worldIds.user('viv'),
    ])

    expect(reply.json()).toMatchObject({ code: 'key_refused' })
    expect(reply.headers['set-cookie']).toBeUndefined()
  })

  test('answers each challenge once', async () => {
    const { key } = await withKey(await server.signIn('viv'))
    const asked = await askedFor(browser, '/api/v1/sign-in/passkey')
    const body = { challenge: asked.challenge, response: key.get(asked.options) }

    expect((await browser.post('/api/v1/sign-in/passkey', body)).status).toBe(200)
    expect((await browser.post('/api/v1/sign-in/passkey', body)).json()).toMatchObject({
      code: 'key_refused',
    })
  })

  test('does not answer when the challenge’s time is over, or for another session of the same person', async () => {
    const { key } = await withKey(await server.signIn('viv'))
    const [one, two] = [carryingSession(app, await signIn('viv')), carryingSession(app, await signIn('viv'))]
    const path = '/api/v1/session/security-key'
    const asked = await askedFor(one, path)
    const stolen = await two.post(path, { challenge: asked.challenge, response: key.get(asked.options) })
    expect(stolen.json()).toMatchObject({ code: 'key_refused' })

    const late = await askedFor(one, path)
    await database.asOwner('update challenges set expires_at = clock_timestamp()')
    const answered = await one.post(path, { challenge: late.challenge, response: key.get(late.options) })
    expect(answered.json()).toMatchObject({ code: 'key_refused' })
  })

  test('is not added a second time, by anybody', async () => {
    const viv = await withKey(await server.signIn('viv'))
    const ada = await server.signIn('ada')
    const asked = await askedFor(ada, `${tokens}/security-key`)
    const copied = {
      ...viv.response,
      response: {
        ...viv.response.response,
        clientDataJSON: Buffer.from(
          JSON.stringify({
            type: 'webauthn.create',
            challenge: asked.options.challenge,
            origin: publicUrl,
            crossOrigin: false,
          }),
        ).toString('base64url'),
      },
    }
    const reply = await ada.post(`${tokens}/security-key`, {
      challenge: asked.challenge,
      response: copied,
      name: 'Mine',
    })

    expect(reply.json()).toMatchObject({ code: 'key_refused' })
    expect((await ada.get(tokens)).json()).toMatchObject({ items: [] })
  })

  test('is asked for only where somebody has one', async () => {
    const client = await server.signIn('viv')

    expect((await client.post('/api/v1/session/security-key/challenge')).json()).toMatchObject({
      code: 'token_missing',
    })
  })
})

describe('recovery codes', () => {
  test('are ten, shown once, and each proves a second factor once', async () => {
    const { client } = await withTotp(await server.signIn('viv'))
    const made = await client.post('/api/v1/me/recovery-codes')
    const { codes } = made.json<{ codes: string[] }>()
    const [code = ''] = codes
    expect(codes).toHaveLength(10)
    expect((await carryingSession(app, made).get(tokens)).json()).toMatchObject({ recovery_codes: 10 })

    const path = '/api/v1/session/recovery-code'
    const first = await carryingSession(app, await signIn('viv')).post(path, { code: code.toUpperCase() })
    expect(first.json()).toMatchObject({ pending: null, second_factor: 'recovery_code' })
    const second = await carryingSession(app, await signIn('viv')).post(path, { code })
    expect(second.json()).toMatchObject({ code: 'proof_refused' })
    expect(await mails()).toContainEqual(
      expect.objectContaining({ template: 'recovery_code_used', remaining: 9 }),
    )
  })

  test('are given to nobody without a second factor that they stand in for', async () => {
    const client = await server.signIn('viv')

    expect((await client.post('/api/v1/me/recovery-codes')).json()).toMatchObject({ code: 'token_missing' })
  })
})

describe('somebody whose one-time codes were tried a hundred times in a row by another', () => {
  const path = '/api/v1/session/totp'

  /** Wrong codes by whoever knows the password; the quarters of an hour are over, but not the row. */
  async function triedTooOften(): Promise<void> {
    const half = carryingSession(app, await signIn('viv'))
    for (let wrong = 0; wrong < mostGuessesInARow; wrong++) {
      if (wrong % mostGuesses === 0) await waitQuarterOfAnHour()
      expect((await half.post(path, { code: 'abcdef' })).status).toBe(401)
    }
    await waitQuarterOfAnHour()
  }
  const waitQuarterOfAnHour = () =>
    database.asOwner(`update attempts set since = since - interval '15 minutes'`)

  async function codeIsTaken(secret: string): Promise<boolean> {
    await database.asOwner('update mfa_tokens set last_step = 0')
    const half = carryingSession(app, await signIn('viv'))
    return (await half.post(path, { code: await codeOf(secret) })).status === 200
  }

  test('has none taken, however right, until a recovery code has let them in', async () => {
    const { secret, client } = await withTotp(await server.signIn('viv'))
    const { codes } = (await client.post('/api/v1/me/recovery-codes')).json<{ codes: string[] }>()
    await triedTooOften()
    expect(await codeIsTaken(secret)).toBe(false)

    const half = carryingSession(app, await signIn('viv'))
    const whole = await half.post('/api/v1/session/recovery-code', { code: codes[0] })
    expect(whole.status).toBe(200)
    expect(await codeIsTaken(secret)).toBe(true)
  })

  test.each(['/api/v1/session/security-key', '/api/v1/session/passkey', '/api/v1/sign-in/passkey'])(
    'has them taken again once a key has signed at %s',
    async (at) => {
      const phone = await withTotp(await server.signIn('viv'))
      const { key, client } = await withKey(phone.client)
      await triedTooOften()
      expect(await codeIsTaken(phone.secret)).toBe(false)

      const { challenge, options } = await askedFor(client, at)
      expect((await client.post(at, { challenge, response: key.get(options) })).status).toBe(200)
      expect(await codeIsTaken(phone.secret)).toBe(true)
    },
  )

  test('sets a new generator up, and has the codes of that one taken', async () => {
    const phone = await withTotp(await server.signIn('viv'))
    await triedTooOften()
    const next = await withTotp(phone.client)

    expect(await codeIsTaken(next.secret)).toBe(true)
  })

  test('has those of the next generator taken after an administrator’s reset', async () => {
    await withTotp(await server.signIn('viv'))
    await triedTooOften()
    const reset = `/api/v1/accounts/acme/members/${worldIds.user('viv')}/mfa-reset`
    expect((await server.as('admin').post(reset)).status).toBe(200)
    const { secret } = await withTotp(await server.signIn('viv'))

    expect(await codeIsTaken(secret)).toBe(true)
  })
})

test('wrong first codes of a new generator do not count against the one in use', async () => {
  const { secret, client } = await withTotp(await server.signIn('viv'))
  const { token } = (await client.post(`${tokens}/totp`)).json<{ token: string }>()
  const tried = []
  for (let wrong = 0; wrong <= mostGuesses; wrong++) {
    tried.push((await client.post(`${tokens}/totp/${token}/confirm`, { code: 'abcdef' })).status)
  }
  const half = carryingSession(app, await signIn('viv'))
  await database.asOwner('update mfa_tokens set last_step = 0')

  expect(tried.at(-1)).toBe(429)
  expect((await half.post('/api/v1/session/totp', { code: await codeOf(secret) })).status).toBe(200)
})

describe('whoever changes their second factors', () => {
  test('is signed out everywhere else, and told by mail', async () => {
    const other = await server.signIn('viv')
    const { client, token } = await withTotp(await server.signIn('viv'))

    expect((await other.get('/api/v1/session')).status).toBe(401)
    expect(await mails()).toMatchObject([{ template: 'mfa_added', method: 'totp', label: 'Phone' }])

    const next = carryingSession(app, await signIn('viv'))
    const removed = await client.delete(`${tokens}/${token}`)
    expect(removed.status).toBe(204)
    expect((await next.get('/api/v1/session')).status).toBe(401)
    expect((await carryingSession(app, removed).get('/api/v1/session')).status).toBe(200)
    expect(await mails()).toContainEqual(
      expect.objectContaining({ template: 'mfa_removed', method: 'totp', label: 'Phone' }),
    )
  })

  test('has proven everything a moment ago', async () => {
    const { client, token } = await withTotp(await server.signIn('viv'))
    await database.asOwner(`update sessions set second_factor_at = now() - interval '11 minutes'`)
    const refused = { code: 'step_up_required', step_up: 'reauthenticate' }

    expect((await client.delete(`${tokens}/${token}`)).json()).toMatchObject(refused)
    expect((await client.post(`${tokens}/totp`)).json()).toMatchObject(refused)
    expect((await client.post('/api/v1/me/recovery-codes')).json()).toMatchObject(refused)
    expect((await client.put('/api/v1/me/password', { password: 'whatever it is' })).json()).toMatchObject(
      refused,
    )
  })

  test('with half a session adds nothing to it', async () => {
    await withTotp(await server.signIn('viv'))
    const half = carryingSession(app, await signIn('viv'))

    expect((await half.post(`${tokens}/totp`)).json()).toMatchObject({ code: 'sign_in_unfinished' })
    expect((await half.post(`${tokens}/security-key/challenge`)).json()).toMatchObject({
      code: 'sign_in_unfinished',
    })
  })

  test('does not remove the last one where the account asks for one, but any other', async () => {
    const phone = await withTotp(await server.signIn('viv'))
    const { client, reply } = await withKey(phone.client)
    await database.asOwner(
      `update accounts set settings = settings || '{"mfa": "everyone"}' where slug = 'acme'`,
    )

    const removed = await client.delete(`${tokens}/${phone.token}`)
    expect(removed.status).toBe(204)
    const next = carryingSession(app, removed)
    const last = await next.delete(`${tokens}/${String(reply.json()['id'])}`)
    expect(last.json()).toMatchObject({ code: 'last_token' })
    await database.asOwner(`update accounts set settings = settings - 'mfa' where slug = 'acme'`)
    const bare = await next.delete(`${tokens}/${String(reply.json()['id'])}`)
    expect(bare.status).toBe(204)
    expect((await carryingSession(app, bare).get(tokens)).json()).toEqual({ items: [], recovery_codes: 0 })
  })

  test('gives them names', async () => {
    const { client, token } = await withTotp(await server.signIn('viv'))

    expect((await client.patch(`${tokens}/${token}`, { name: 'Old phone' })).json()).toMatchObject({
      name: 'Old phone',
    })
    expect((await client.get(tokens)).json()).toMatchObject({ items: [{ id: token, name: 'Old phone' }] })
  })
})

describe('where the account asks everybody for a second factor', () => {
  test('whoever has none sets one up at the next sign-in, and opens nothing else before', async () => {
    await server.signIn('viv')
    await database.asOwner(
      `update accounts set settings = settings || '{"mfa": "everyone"}' where slug = 'acme'`,
    )
    const half = await signIn('viv')
    const begun = carryingSession(app, half)

    expect(half.json()).toMatchObject({ pending: 'set_up_mfa' })
    expect((await begun.get('/api/v1/me')).json()).toMatchObject({ code: 'sign_in_unfinished' })
    const { client } = await withTotp(begun)
    expect((await client.get('/api/v1/session')).json()).toMatchObject({ pending: null })
    expect((await client.get('/api/v1/me')).json()).toMatchObject({ has_mfa: true })
  })

  test('lifting the rule changes nobody’s second factor', async () => {
    await withTotp(await server.signIn('viv'))
    await database.asOwner(
      `update accounts set settings = settings || '{"mfa": "nobody"}' where slug = 'acme'`,
    )

    expect((await signIn('viv')).json()).toMatchObject({ pending: 'second_factor' })
  })
})

test('a session that ends while a second factor is added takes that with it', async () => {
  const client = await server.signIn('viv')
  const session = (await client.get('/api/v1/session')).json<{ id: SessionId }>()
  const { token, secret } = (await client.post(`${tokens}/totp`)).json<{ token: string; secret: string }>()
  const code = await codeOf(secret)
  // Whoever is first: either the session ended before, or the new factor went on to end with it.
  const [added] = await Promise.all([
    client.post(`${tokens}/totp/${token}/confirm`, { code }),
    transaction(db, 'deployment', (tx) => endSession(tx, worldIds.user('viv'), session.id)),
  ])
  const confirmed = await database.asOwner('select from mfa_tokens where confirmed_at is not null')

  expect(confirmed).toHaveLength(added.status === 200 ? 1 : 0)
})
