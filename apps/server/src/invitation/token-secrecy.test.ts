import { describe, expect, test } from 'vitest'
import type { AccountId } from '@keyholder/core'
import { startTestServer, type TestClient } from '@keyholder/testkit/server'
import { path, tokenTo } from './invitations.fixture.ts'

const lines: string[] = []
const server = await startTestServer({ onLog: (line) => lines.push(line) })
const email = 'nina@elsewhere.example'

/** Everything that is answered to this caller about the account and its invitations. */
async function everythingSaidTo(client: TestClient, id: string): Promise<string> {
  const account = '/api/v1/accounts/acme'
  const replies = await Promise.all(
    [
      path,
      `${path}/${id}`,
      `${path}?state=pending,accepted,declined,expired,revoked`,
      account,
      `${account}/members`,
      `${account}/events?limit=100`,
      `${account}/events-export?format=csv`,
      `${account}/notices`,
    ].map((url) => client.get(url)),
  )
  return replies.map(({ text, headers }) => text + JSON.stringify(headers)).join('\n')
}

describe('the token of an invitation', () => {
  test('is in the mail, and in no answer, event, log line or other row', async () => {
    const { client: key } = await server.withKey({
      account: 'acc_acme' as AccountId,
      scopes: ['invitation.view', 'event.view', 'event.export', 'member.view', 'account.view'],
    })
    const headers = { 'idempotency-key': 'once' }
    const body = { kind: 'external', email, default_role: { role: 'viewer' } }
    const made = await server.as('ada').post(path, body, { headers })
    const repeated = await server.as('ada').post(path, body, { headers })
    const id = made.json().id as string
    const first = await tokenTo(server, email)
    const resent = await server.as('ada').post(`${path}/${id}/resend`, {})
    const token = await tokenTo(server, email)
    const seen = await server.operator.post('/api/v1/invitations/lookup', { token })
    const denied = await server.as('viv').post('/api/v1/invitations/accept', { token })
    const said = await Promise.all(
      [server.as('ada'), key, server.operator].map((client) => everythingSaidTo(client, id)),
    )
    const accepted = await server.operator.post('/api/v1/invitations/accept', { token, sign_up: {} })

    expect([made, repeated, resent, seen, accepted].map(({ status }) => status)).toEqual([
      201, 201, 200, 200, 200,
    ])
    const everything = [
      ...[made, repeated, resent, seen, denied, accepted].map(({ text }) => text),
      ...said,
      ...lines,
      await everyRowBut('outbox'),
    ].join('\n')
    expect(everything).toContain(email)
    for (const secret of [first, token]) {
      expect(secret).toMatch(/^khi_[\w-]{43}$/)
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain(secret.slice(4))
    }
  })

  test('is in the outbox for the deployment alone', async () => {
    const { client } = await server.withKey({ account: 'acc_acme' as AccountId, scopes: ['invitation.view'] })
    const { client: decisions } = await server.withKey({ scopes: ['decisions'] })

    for (const caller of [client, decisions, server.as('ada')]) {
      const reply = await caller.get('/api/v1/outbox')
      expect(reply.status).toBe(403)
      expect(reply.text).not.toContain('khi_')
    }
    expect((await server.anonymous.get('/api/v1/outbox')).status).toBe(401)
    const own = await server.operator.get('/api/v1/outbox', { query: { account: 'acme', state: 'waiting' } })
    expect(own.json()).toMatchObject({ total: 2, items: [{ recipient: email }, { recipient: email }] })
    expect((await server.operator.get('/api/v1/outbox', { query: { account: 'globex' } })).json().total).toBe(
      0,
    )
    expect((await server.operator.get('/api/v1/outbox', { query: { account: 'nobody' } })).status).toBe(422)
  })

  test('is not taken from an address, where it would be kept', async () => {
    const token = await tokenTo(server, email)
    for (const url of [
      `/api/v1/invitations/accept?token=${token}`,
      `/api/v1/invitations/lookup?token=${token}`,
    ]) {
      expect((await server.operator.get(url)).status).toBe(405)
      expect((await server.operator.post(url, {})).status).toBe(400)
    }
  })
})

/** The text of every row of every table but one. */
async function everyRowBut(left: string): Promise<string> {
  const tables = await server.database.asOwner<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )
  const rows = []
  for (const { name } of tables.filter((table) => table.name !== left)) {
    rows.push(JSON.stringify(await server.database.asOwner(`select to_jsonb(t) as row from ${name} t`)))
  }
  return rows.join('\n')
}
