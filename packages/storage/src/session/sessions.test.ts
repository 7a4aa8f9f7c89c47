import { beginSession, prove, type Session, type SessionId, type SsoConnectionId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { databaseTime } from '../access/account-heads.ts'
import { transaction, type Tx } from '../database/transaction.ts'
import { makeTeam, user } from '../team.fixture.ts'
import { endSessionsThrough } from './end-sessions.ts'
import { findSession, insertSession, renewSessionToken, rotateSession, touchSession } from './sessions.ts'

const now = Date.now()
const terms = { holdsToken: false, needsMfa: () => false }
const id = 'ses_one' as SessionId
const connection = 'sso_acme' as SsoConnectionId

describe('a session', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTeam(db, now)
  beforeEach(() => database.asOwner('delete from sessions'))
  const work = <Value>(doing: (tx: Tx) => Promise<Value>) => transaction(db, 'deployment', doing)
  const insert = (session: Session, ssoConnection?: SsoConnectionId) =>
    work((tx) => insertSession(tx, { id, tokenHash: 'first', user: user('dana'), session, ssoConnection }))

  test('is found by its token as it was begun', async () => {
    const session = beginSession({ first: 'passkey', second: 'passkey' }, terms, now)
    await insert(session)

    expect(await work((tx) => findSession(tx, 'first'))).toMatchObject({
      id,
      user: user('dana'),
      session,
      isActive: true,
      holdsToken: false,
    })
    expect(await work((tx) => findSession(tx, 'another'))).toBeUndefined()
  })

  test('goes on under one token only, whoever holds an older one', async () => {
    const session = beginSession({ first: 'password' }, terms, now)
    await insert(session)
    const rotate = (from: string, to: string) => work((tx) => rotateSession(tx, id, { from, to, session }))

    expect(await Promise.all([rotate('first', 'second'), rotate('first', 'third')])).toContain(false)
    expect(await rotate('first', 'fourth')).toBe(false)
  })

  test('goes on under a new token as it was, if it has not ended', async () => {
    await insert(beginSession({ first: 'sso' }, terms, now), connection)
    const rowIn = () =>
      database.asOwner('select to_jsonb(sessions) - $1 as row from sessions', ['token_hash'])
    const before = await rowIn()
    const renew = (from: string) => work((tx) => renewSessionToken(tx, id, { from, to: 'second' }))

    expect(await renew('first')).toBe(true)
    expect(await rowIn()).toEqual(before)
    expect(await work((tx) => findSession(tx, 'first'))).toBeUndefined()
    expect(await renew('first')).toBe(false)
    await database.asOwner('delete from sessions')
    expect(await renew('second')).toBe(false)
  })

  test('that is proven by a password belongs to no identity provider any more', async () => {
    const begun = beginSession({ first: 'sso' }, terms, now)
    await insert(begun, connection)
    const session = prove(begun, { first: 'password' }, terms, now)

    expect(await work((tx) => rotateSession(tx, id, { from: 'first', to: 'second', session }))).toBe(true)
    expect(await work((tx) => endSessionsThrough(tx, connection))).toEqual([])
  })

  test('that came through an identity provider ends with it', async () => {
    await insert(beginSession({ first: 'sso' }, terms, now), connection)

    expect(await work((tx) => endSessionsThrough(tx, connection))).toEqual([user('dana')])
    expect(await work((tx) => findSession(tx, 'first'))).toBeUndefined()
  })

  test('remembers its longest time without use when it is used again', async () => {
    await insert(beginSession({ first: 'password' }, terms, now))
    await database.asOwner(`update sessions set last_used_at = now() - interval '10 minutes'`)
    await work((tx) => touchSession(tx, id))
    await database.asOwner(`update sessions set last_used_at = now() - interval '2 minutes'`)
    const before = await work(databaseTime)
    await work((tx) => touchSession(tx, id))
    const found = await work((tx) => findSession(tx, 'first'))

    expect(found?.session.longestGap).toBeGreaterThanOrEqual(600_000)
    expect(found?.session.lastUsedAt).toBeGreaterThanOrEqual(before)
  })
})
