import type { KeyId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeChanges } from '../access/write-changes.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTeam, user } from '../team.fixture.ts'
import { findApiKey, insertApiKey, listApiKeys, revokeApiKey, touchKeys, type NewApiKey } from './api-keys.ts'
import { findKey } from './find-key.ts'

const now = Date.now()

function key(name: string, change: Partial<NewApiKey> = {}): NewApiKey {
  return {
    id: `key_${name}` as KeyId,
    account: acme,
    name,
    secretHash: `hash of ${name}`,
    hint: 'wxyz',
    scopes: ['ticket.view'],
    madeBy: user('ines'),
    ...change,
  }
}

describe('API keys', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTeam(db, now)
  beforeEach(() => database.asOwner('delete from api_keys'))
  const insert = (made: NewApiKey) => transaction(db, 'deployment', (tx) => insertApiKey(tx, made))
  const present = (name: string) => transaction(db, 'deployment', (tx) => findKey(tx, `hash of ${name}`))

  test('are known by their secret, with their scopes and who stands behind them', async () => {
    await insert(key('ci'))
    await insert(key('owner', { account: undefined, madeBy: undefined, scopes: ['*'] }))

    expect(await present('ci')).toEqual({
      id: 'key_ci',
      account: acme,
      scopes: ['ticket.view'],
      maker: { user: user('ines'), home: acme },
    })
    expect(await present('owner')).toMatchObject({ id: 'key_owner', account: undefined, maker: undefined })
    expect(await present('nothing')).toBeUndefined()
  })

  test('open nothing once they have ended, to the moment', async () => {
    await insert(key('past', { endsAt: new Date(now - 86_400_000) }))
    await insert(key('coming', { endsAt: new Date(now + 86_400_000) }))

    expect(await present('past')).toBeUndefined()
    expect(await present('coming')).toMatchObject({ id: 'key_coming' })
  })

  test('open nothing once they are revoked, which their own account alone can do', async () => {
    const made = key('ci')
    await insert(made)
    expect(await transaction(db, [globex], (tx) => revokeApiKey(tx, globex, made.id))).toBe(false)
    expect(await transaction(db, [acme], (tx) => revokeApiKey(tx, undefined, made.id))).toBe(false)
    expect(await present('ci')).toBeDefined()

    expect(await transaction(db, [acme], (tx) => revokeApiKey(tx, acme, made.id))).toBe(true)
    expect(await transaction(db, [acme], (tx) => revokeApiKey(tx, acme, made.id))).toBe(false)
    expect(await present('ci')).toBeUndefined()
    expect(await transaction(db, [acme], (tx) => findApiKey(tx, acme, made.id))).toMatchObject({
      revokedAt: expect.any(Date),
    })
  })

  test('go with the one who made them, and are never left without a maker', async () => {
    await insert(key('ci'))
    await transaction(db, [acme], (tx) =>
      writeChanges(tx, blueprint, acme, [{ kind: 'member_removed', user: user('ines') }]),
    )

    expect(await present('ci')).toBeUndefined()
    expect(await database.asOwner('select * from api_keys')).toEqual([])
    await transaction(db, [acme], (tx) =>
      writeChanges(tx, blueprint, acme, [
        { kind: 'member_set', member: { user: user('ines'), kind: 'home', status: 'active', home: acme } },
      ]),
    )
  })

  test('are listed for their account, or for the deployment, without those that were revoked', async () => {
    await insert(key('b'))
    await insert(key('a'))
    await insert(key('gone'))
    await insert(key('owner', { account: undefined, madeBy: undefined }))
    await transaction(db, [acme], (tx) => revokeApiKey(tx, acme, 'key_gone' as KeyId))
    const names = async (account: typeof acme | undefined) =>
      (
        await transaction(db, account ? [account] : 'deployment', (tx) =>
          listApiKeys(tx, account, { limit: 25, sort: 'name' }),
        )
      ).rows.map(({ name }) => name)

    expect(await names(acme)).toEqual(['a', 'b'])
    expect(await names(undefined)).toEqual(['owner'])
    expect(await names(globex)).toEqual([])
  })

  test('are known to have been used, to the minute', async () => {
    await insert(key('ci'))
    await transaction(db, 'deployment', (tx) => touchKeys(tx, ['key_ci' as KeyId]))

    const used = await transaction(db, [acme], (tx) => findApiKey(tx, acme, 'key_ci' as KeyId))
    expect(used?.lastUsedAt).toBeInstanceOf(Date)
  })
})
