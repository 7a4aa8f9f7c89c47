import type { MfaTokenId } from '@keyholder/core'
import { beginTotp, confirmTotp, replaceRecoveryCodes, transaction } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const { browser, database, db } = server
const of = (user: string) => `/api/v1/accounts/acme/members/${user}`
const password = 'a lamp above seven stairs'

/** Gives somebody a generator of codes and a recovery code. */
async function giveTokens(user: string): Promise<void> {
  await transaction(db, 'deployment', async (tx) => {
    const id = `mft_${user}` as MfaTokenId
    await beginTotp(tx, { id, user: worldIds.user(user), name: 'Phone', sealedSecret: 'sealed' })
    await confirmTotp(tx, id, { step: 1, name: undefined })
    await replaceRecoveryCodes(tx, worldIds.user(user), ['a code'])
  })
}

async function held(user: string): Promise<number> {
  const rows = await database.asOwner(
    `select user_id from mfa_tokens where user_id = $1 union all select user_id from recovery_codes where user_id = $1`,
    [worldIds.user(user)],
  )
  return rows.length
}

async function mails(): Promise<readonly { recipient: string; payload: Record<string, unknown> }[]> {
  return database.asOwner('select recipient, payload from outbox order by created_at, id')
}

beforeEach(async () => {
  for (const table of ['mfa_tokens', 'recovery_codes', 'sessions', 'outbox', 'one_time_tokens']) {
    await database.asOwner(`delete from ${table}`)
  }
})

describe('an administrator', () => {
  test('takes away the second factors of a user who has lost them, who is signed out and told', async () => {
    const viv = await server.signIn('viv')
    await giveTokens('viv')
    const reply = await server.as('admin').post(`${of('viv')}/mfa-reset`)

    expect(reply.json()).toEqual({ removed: 1 })
    expect(await held('viv')).toBe(0)
    expect((await viv.get('/api/v1/session')).status).toBe(401)
    expect(await mails()).toMatchObject([
      { recipient: 'viv@acme.example', payload: { template: 'mfa_reset', account: { slug: 'acme' } } },
    ])
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.reset_mfa',
      actor: { user: worldIds.user('admin') },
      target: { type: 'member', id: worldIds.user('viv') },
      before: { tokens: [{ kind: 'totp', name: 'Phone' }], sessions: [expect.stringMatching(/^ses_/)] },
    })
  })

  test('has a link for a new password sent to the user, and sees nothing of it', async () => {
    const reply = await server.as('admin').post(`${of('viv')}/password-reset`)
    const [mail] = await mails()
    const token = String(mail?.payload['token'])

    expect(reply.status).toBe(202)
    expect(reply.text).toBe('')
    expect(mail).toMatchObject({ recipient: 'viv@acme.example', payload: { template: 'password_reset' } })
    expect(JSON.stringify(await server.events('acme'))).not.toContain(token)
    const confirmed = await browser.post('/api/v1/password-reset/confirm', { token, password })
    expect(confirmed.status).toBe(204)
  })

  test('does not come round their own second factor this way', async () => {
    await giveTokens('ada')
    const reply = await server.as('ada').post(`${of('ada')}/mfa-reset`)

    expect(reply.json()).toMatchObject({ code: 'own_credentials' })
    expect(await held('ada')).toBe(2)
  })
})

describe('nobody’s second factors or password are touched', () => {
  test.each([
    { why: 'of a superuser, by an administrator', as: 'admin', user: 'ada', status: 403 },
    { why: 'by whoever lacks the permission', as: 'viv', user: 'nora', status: 403 },
    { why: 'of an external user, whose login is their home’s', as: 'ada', user: 'mallory', status: 422 },
    { why: 'of somebody who is not in the account', as: 'ada', user: 'gus', status: 404 },
  ])('$why', async ({ as, user, status }) => {
    await giveTokens(user)
    const replies = [
      await server.as(as).post(`${of(user)}/mfa-reset`),
      await server.as(as).post(`${of(user)}/password-reset`),
    ]

    expect(replies.map((reply) => reply.status)).toEqual([status, status])
    expect(await held(user)).toBe(2)
    expect(await mails()).toEqual([])
  })
})
