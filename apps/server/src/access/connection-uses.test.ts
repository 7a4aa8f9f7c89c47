import { beforeEach, describe, expect, test } from 'vitest'
import type { AccountId } from '@keyholder/core'
import { closeDatabase, openDatabase } from '@keyholder/storage'
import { startTestServer } from '@keyholder/testkit/server'
import { startFlushing } from '../flush-uses.ts'
import { ConnectionUses } from './connection-uses.ts'

const server = await startTestServer()
const { operator, connectionUses, database } = server
const rome = '/api/v1/accounts/acme/organizations/rome'

/** Whether the connection through which Nightowl comes to Acme is known to have been used, once that is written down. */
async function isUsed(): Promise<boolean> {
  await connectionUses.flush()
  return isWritten()
}

async function isWritten(): Promise<boolean> {
  const [row] = await database.asOwner<{ at: Date | null }>(
    `select last_used_at as at from connections where id = 'con_acme_nightowl'`,
  )
  return row?.at instanceof Date
}

const question = (user: string, name: string, organization = 'acme/rome') => ({
  subject: { type: 'user', id: `usr_${user}` },
  action: { name },
  resource: { type: 'asset', id: '1', properties: { organization } },
})

beforeEach(async () => {
  await connectionUses.flush()
  await database.asOwner('update connections set last_used_at = null')
})

describe('a connection is used', () => {
  test('by a question that is allowed because of it, though nothing is written before it is time to', async () => {
    const reply = await operator.post('/access/v1/evaluation', question('otto', 'view'))

    expect(reply.json()).toMatchObject({ decision: true })
    expect(await isWritten()).toBe(false)
    expect(await isUsed()).toBe(true)
  })

  test('by a question among many', async () => {
    const evaluations = [
      question('viv', 'view'),
      question('otto', 'view', 'acme/oslo'),
      question('otto', 'view'),
    ]
    await operator.post('/access/v1/evaluations', { evaluations })

    expect(await isUsed()).toBe(true)
  })

  test('by reading what it opens', async () => {
    expect((await server.as('otto').get(rome)).status).toBe(200)

    expect(await isUsed()).toBe(true)
  })

  test('by a change', async () => {
    const { etag = '' } = (await server.as('otto').get(rome)).headers
    await connectionUses.flush()
    await database.asOwner('update connections set last_used_at = null')
    await server.as('otto').patch(rome, { name: 'Roma' }, { headers: { 'if-match': etag } })

    expect(await isUsed()).toBe(true)
  })
})

test('what was used is written down when the node stops', async () => {
  const stop = startFlushing(connectionUses, server.app.http.log)
  await operator.post('/access/v1/evaluation', question('otto', 'view'))
  await stop()

  expect(await isWritten()).toBe(true)
})

describe('a connection is not used', () => {
  test.each([
    { why: 'is denied', user: 'otto', place: 'acme/oslo' },
    { why: 'is about somebody of the host’s own', user: 'viv', place: 'acme/rome' },
    { why: 'is about somebody who is nobody there', user: 'gus', place: 'acme/rome' },
  ])('by a question that $why', async ({ user, place }) => {
    await operator.post('/access/v1/evaluation', question(user, 'view', place))

    expect(await isUsed()).toBe(false)
  })

  test('by what an administrator asks about its people', async () => {
    const reply = await server.as('ada').post('/api/v1/accounts/acme/explain', {
      user: 'usr_otto',
      permission: 'asset.view',
      organization: 'rome',
    })

    expect(reply.status).toBe(200)
    expect(await isUsed()).toBe(false)
  })
})

test('what could not be written down is written down the next time', async () => {
  const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' })
  const uses = new ConnectionUses(away)
  uses.note({ host: 'acc_acme' as AccountId, guest: 'acc_nightowl' as AccountId })

  await expect(uses.flush()).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
  await expect(uses.flush()).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
  await closeDatabase(away)
})
