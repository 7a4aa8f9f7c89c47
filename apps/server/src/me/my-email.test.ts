import { beforeEach, describe, expect, test } from 'vitest'
import {
  carryingSession,
  startTestServer,
  testPassword,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

const server = await startTestServer()
const { browser, database } = server
const viv = worldIds.user('viv')
const email = 'viv@acme.example'
const newEmail = 'vivian@acme.example'
const dead = { code: 'email_link_dead' }

beforeEach(async () => {
  for (const table of ['sessions', 'attempts', 'outbox', 'one_time_tokens']) {
    await database.asOwner(`delete from ${table}`)
  }
  await database.asOwner('update users set email = $2, verified_at = now() where id = $1', [viv, email])
})

interface Letter {
  readonly recipient: string
  readonly payload: { readonly template: string; readonly token?: string; readonly change?: string }
}

/** In their order; those of one moment by what they are. */
const letters = () =>
  database.asOwner<Letter>(
    `select recipient, payload from outbox order by created_at, payload ->> 'template'`,
  )

async function tokenIn(template: string): Promise<string> {
  const token = (await letters()).findLast(({ payload }) => payload.template === template)?.payload.token
  if (token === undefined) throw new Error(`no mail ${template} was written`)
  return token
}

async function person() {
  const [row] = await database.asOwner<{ email: string; verified_at: Date | null }>(
    'select email, verified_at from users where id = $1',
    [viv],
  )
  return row
}

function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

const lastEvent = async () => (await server.events('acme')).at(-1)
const signIn = (as: string) => browser.post('/api/v1/sign-in/password', { email: as, password: testPassword })

describe('verifying one’s address', () => {
  const confirm = (token: string) => browser.post('/api/v1/email-verification/confirm', { token })

  async function linkOfViv(): Promise<string> {
    await database.asOwner('update users set verified_at = null where id = $1', [viv])
    const client = await server.signIn('viv')
    expect((await client.post('/api/v1/me/email-verification')).status).toBe(202)
    return tokenIn('email_verification')
  }

  test('takes a link to it, which keeps nothing but its hash', async () => {
    const token = await linkOfViv()
    expect(token).toMatch(/^khm_[\w-]{43}$/)
    const kept = await database.asOwner('select one_time_tokens::text from one_time_tokens')
    expect(JSON.stringify([kept, await server.events('acme')])).not.toContain(token)
    expect((await person())?.verified_at).toBeNull()

    const reply = await confirm(token)
    expect(reply.status).toBe(204)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect((await person())?.verified_at).toBeInstanceOf(Date)
    expect(await lastEvent()).toMatchObject({
      action: 'email.verify',
      actor: { kind: 'person', user: viv },
      after: { email },
    })
  })

  test('works once', async () => {
    const token = await linkOfViv()
    const replies = await Promise.all(Array.from({ length: 5 }, () => confirm(token)))

    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect((await confirm(token)).json()).toMatchObject(dead)
  })

  test('is of no use after the next link, its day, a change of the address, or for anything else', async () => {
    const first = await linkOfViv()
    const second = await linkOfViv()
    expect((await confirm(first)).json()).toMatchObject(dead)
    expect((await browser.post('/api/v1/email-change/confirm', { token: second })).json()).toMatchObject(dead)
    const password = 'a lamp above seven stairs'
    const reset = await browser.post('/api/v1/password-reset/confirm', { token: second, password })
    expect(reset.json()).toMatchObject({ code: 'reset_link_dead' })

    await database.asOwner('update users set email = $2 where id = $1', [viv, newEmail])
    expect((await confirm(second)).json()).toMatchObject(dead)
    await database.asOwner('update users set email = $2 where id = $1', [viv, email])
    const third = await linkOfViv()
    await database.asOwner('update one_time_tokens set expires_at = clock_timestamp()')
    expect((await confirm(third)).json()).toMatchObject(dead)
    expect((await person())?.verified_at).toBeNull()
  })

  test('is possible in the middle of signing in, and sends nothing to a verified address', async () => {
    const client = await server.signIn('viv')
    expect((await client.post('/api/v1/me/email-verification')).status).toBe(202)
    expect(await letters()).toEqual([])

    await database.asOwner('update users set verified_at = null where id = $1', [viv])
    await database.asOwner(`update sessions set pending = 'set_up_mfa'`)
    expect((await client.post('/api/v1/me/email-verification')).status).toBe(202)
    expect(await letters()).toMatchObject([{ recipient: email }])
  })

  test('sends so many links and no more', async () => {
    await database.asOwner('update users set verified_at = null where id = $1', [viv])
    const client = await server.signIn('viv')
    const replies: TestReply[] = []
    for (let sent = 0; sent < 6; sent += 1) replies.push(await client.post('/api/v1/me/email-verification'))

    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429])
    expect(await letters()).toHaveLength(5)
  })
})

describe('changing one’s address', () => {
  const ask = (client: TestClient, wanted = newEmail) => client.post('/api/v1/me/email', { email: wanted })
  const confirm = (token: string, client = browser) => client.post('/api/v1/email-change/confirm', { token })

  test('changes nothing until the mail of the new one was read, and tells the old one', async () => {
    const client = await server.signIn('viv')
    expect((await ask(client)).status).toBe(202)
    expect((await person())?.email).toBe(email)
    expect(await letters()).toMatchObject([
      { recipient: newEmail, payload: { template: 'email_change_confirmation' } },
      { recipient: email, payload: { template: 'email_change_notice', change: 'asked' } },
    ])

    const before = await server.revision('acme')
    expect((await confirm(await tokenIn('email_change_confirmation'))).status).toBe(204)
    expect((await person())?.email).toBe(newEmail)
    expect(await server.revision('acme')).toBe(before + 1)
    expect((await letters()).at(-1)).toMatchObject({ recipient: email, payload: { change: 'done' } })
    expect(await lastEvent()).toMatchObject({
      action: 'email.change',
      actor: { kind: 'person', user: viv },
      before: { email },
      after: { email: newEmail },
    })
    expect((await signIn(newEmail)).status).toBe(200)
    expect((await signIn(email)).status).toBe(401)
  })

  test('verifies the new address', async () => {
    await database.asOwner('update users set verified_at = null where id = $1', [viv])
    await ask(await server.signIn('viv'))
    await confirm(await tokenIn('email_change_confirmation'))

    expect((await person())?.verified_at).toBeInstanceOf(Date)
  })

  test('ends every session but that in which the link was opened', async () => {
    const other = await server.signIn('viv')
    const client = await server.signIn('viv')
    const somebody = await server.signIn('ada')
    await ask(client)
    const changed = await confirm(await tokenIn('email_change_confirmation'), client)
    expect(changed.status).toBe(204)
    const next = carryingSession(server.app, changed)
    expect((await next.get('/api/v1/session')).status).toBe(200)
    expect((await other.get('/api/v1/session')).status).toBe(401)

    await ask(next, email)
    expect((await confirm(await tokenIn('email_change_confirmation'), somebody)).status).toBe(204)
    expect((await next.get('/api/v1/session')).status).toBe(401)
    expect((await somebody.get('/api/v1/session')).status).toBe(200)
  })

  test('makes links for a new password dead, and is dead after a new password', async () => {
    const client = await server.signIn('viv')
    await browser.post('/api/v1/password-reset', { email })
    await server.settled()
    await ask(client)
    const changed = await confirm(await tokenIn('email_change_confirmation'), client)
    expect(await database.asOwner('select from one_time_tokens')).toEqual([])

    const next = carryingSession(server.app, changed)
    await ask(next, email)
    expect((await next.put('/api/v1/me/password', { password: 'a lamp above seven stairs' })).status).toBe(
      204,
    )
    expect((await confirm(await tokenIn('email_change_confirmation'))).json()).toMatchObject(dead)
  })

  test('is answered alike for an address that somebody has, and then does nothing', async () => {
    const client = await server.signIn('viv')
    const free = await ask(client)
    const taken = await ask(client, 'ada@acme.example')

    expect(seen(taken)).toEqual(seen(free))
    const token = await tokenIn('email_change_confirmation')
    expect((await confirm(token)).json()).toMatchObject(dead)
    expect(await person()).toMatchObject({ email })
    expect(await lastEvent()).toMatchObject({ action: 'email_change.request' })
  })

  test('works once, for the newest link, and within its day', async () => {
    const client = await server.signIn('viv')
    await ask(client)
    const first = await tokenIn('email_change_confirmation')
    await ask(client, 'viviane@acme.example')
    expect((await confirm(first)).json()).toMatchObject(dead)

    const second = await tokenIn('email_change_confirmation')
    const replies = await Promise.all(Array.from({ length: 5 }, () => confirm(second, client)))
    const done = replies.filter(({ status }) => status === 204)
    expect(done).toHaveLength(1)

    await ask(carryingSession(server.app, done[0] as TestReply))
    await database.asOwner('update one_time_tokens set expires_at = clock_timestamp()')
    expect((await confirm(await tokenIn('email_change_confirmation'))).json()).toMatchObject(dead)
  })

  test('is for a session in which everything was proven a moment ago', async () => {
    const client = await server.signIn('viv')
    await database.asOwner(`update sessions set first_factor_at = now() - interval '11 minutes'`)

    expect((await ask(client)).json()).toMatchObject({ code: 'step_up_required' })
    expect((await ask(server.as('viv'))).json()).toMatchObject({ code: 'session_required' })
    expect(await letters()).toEqual([])
  })

  test.each([
    'viv',
    'viv@acme.example\0',
    'viv@acme.example,eve@evil.example',
    'viv@acme.example\r\nBcc: x@y.z',
  ])('takes one address and nothing else: %j', async (wanted) => {
    const reply = await ask(await server.signIn('viv'), wanted)

    expect(reply.status).toBeOneOf([400, 422])
    expect(await letters()).toEqual([])
  })

  test('makes questions by the old address mean nobody, and by the new one the person', async () => {
    const mayView = async (id: string) =>
      (
        await server.operator.post('/access/v1/evaluation', {
          subject: { type: 'user', id },
          action: { name: 'view' },
          resource: { type: 'asset', id: '1', properties: { account: 'acme' } },
        })
      ).json().decision as boolean
    expect([await mayView(email), await mayView(newEmail)]).toEqual([true, false])
    await ask(await server.signIn('viv'))
    await confirm(await tokenIn('email_change_confirmation'))

    expect([await mayView(email), await mayView(newEmail)]).toEqual([false, true])
  })
})
