import { describe, expect, test } from 'vitest'
import { normaliseEmail, type AccountId, type Email, type UserId } from '@keyholder/core'
import { insertUser, transaction } from '@keyholder/storage'
import { startTestServer, type TestReply } from '@keyholder/testkit/server'

/* Two requests for one address at the same instant: the second is told what it would have been told a minute later. */

const server = await startTestServer()
const members = (account: string) => `/api/v1/accounts/${account}/members`
const invitations = (account: string) => `/api/v1/accounts/${account}/invitations`
const [ada, mallory] = [server.as('ada'), server.as('mallory')]

let people = 0
const newcomer = () => `newcomer-${++people}@everywhere.test`

function emailOf(text: string): Email {
  const email = normaliseEmail(text)
  if (!email.ok) throw new Error(`${text} is no address`)
  return email.value
}

/** Makes a login in Globex, and has a request come upon it after it looked and before it can write. */
async function overtaken(email: string, request: () => Promise<TestReply>): Promise<TestReply> {
  const waiting = () =>
    server.database.asOwner(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  const { reply } = await transaction(server.db, 'deployment', async (tx) => {
    const id = `usr_first${people}` as UserId
    await insertUser(tx, { id, home: 'acc_globex' as AccountId, email: emailOf(email) })
    const second = { reply: request() }
    await expect.poll(waiting).toHaveLength(1)
    return second
  })
  return reply
}

async function invite(account: string, by: typeof ada, email: string): Promise<string> {
  const made = await by.post(invitations(account), { kind: 'home', email })
  expect(made.status).toBe(201)
  const mails = await server.operator.get('/api/v1/outbox', { query: { recipient: email, account } })
  const link = mails.json<{ items: { links: string[] }[] }>().items[0]?.links[0]
  return link?.split('#')[1] ?? ''
}

const accept = (token: string) =>
  server.operator.post('/api/v1/invitations/accept', { token, sign_up: { name: 'Nina' } })
const statuses = (replies: readonly TestReply[]) =>
  replies.map(({ status }) => status).toSorted((a, b) => a - b)
const logins = (email: string) => server.database.asOwner('select id from users where email = $1', [email])

describe('an address that is taken at this very moment', () => {
  test('is refused to a new user as one that was taken before', async () => {
    const email = newcomer()
    const events = (await server.events('acme')).length
    const reply = await overtaken(email, () => ada.post(members('acme'), { email }))

    expect([reply.status, reply.json()]).toMatchObject([409, { code: 'email_taken' }])
    expect(await logins(email)).toHaveLength(1)
    expect((await server.events('acme')).length).toBe(events)
  })

  test('is refused to a sign-up as one that was taken before, and leaves the invitation open', async () => {
    const email = newcomer()
    const token = await invite('acme', ada, email)
    const reply = await overtaken(email, () => accept(token))
    const lookUp = await server.operator.post('/api/v1/invitations/lookup', { token })

    expect([reply.status, reply.json()]).toMatchObject([409, { code: 'invitation_login_exists' }])
    expect(lookUp.json()).toMatchObject({ state: 'pending', has_login: true })
    expect(await logins(email)).toHaveLength(1)
  })

  test('is had by one of two accounts that add the same user', async () => {
    for (let round = 0; round < 10; round++) {
      const email = newcomer()
      const replies = await Promise.all([
        ada.post(members('acme'), { email }),
        mallory.post(members('globex'), { email }),
      ])

      expect(statuses(replies)).toEqual([201, 409])
      expect(replies.find(({ status }) => status === 409)?.json()).toMatchObject({ code: 'email_taken' })
    }
  })

  test('is had by one of two who accept the invitations of two accounts', async () => {
    for (let round = 0; round < 10; round++) {
      const email = newcomer()
      const tokens = [await invite('acme', ada, email), await invite('globex', mallory, email)]
      const replies = await Promise.all(tokens.map(accept))

      expect(statuses(replies)).toEqual([200, 409])
      const late = replies.find(({ status }) => status === 409)
      expect(late?.json()).toMatchObject({ code: 'invitation_login_exists' })
      expect(await logins(email)).toHaveLength(1)
    }
  })
})
