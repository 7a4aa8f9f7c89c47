import type { Email, SupportAccess, SupportAccessId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTeam, user } from '../team.fixture.ts'
import { superusersOf } from '../user/superusers.ts'
import { deleteOperator, insertOperator } from './operators.ts'
import {
  accountsWithExpiredSupport,
  findOpenSupportAccess,
  findSupportAccess,
  insertSupportAccess,
  isSupportStillOpen,
  saveSupportEnd,
} from './support-accesses.ts'

const hour = 3_600_000
const id = 'sup_one' as SupportAccessId
const staff = user('ines')
/** So that its last moment is that of its making. */
const shiftToItsEnd = `update support_accesses set started_at = started_at - interval '8 hours',
  ends_at = ends_at - interval '8 hours'`

describe('a support access', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTeam(db, Date.now())
  const access: SupportAccess = {
    id,
    account: globex,
    user: staff,
    scope: 'read',
    reason: 'Ticket 4711',
    startedAt: Date.now(),
    endsAt: Date.now() + 8 * hour,
  }
  const open = (who = staff) => transaction(db, 'deployment', (tx) => findOpenSupportAccess(tx, id, who))

  beforeEach(async () => {
    await database.asOwner('delete from support_accesses')
    await database.asOwner(`update accounts set settings = '{}'`)
    await transaction(db, 'deployment', async (tx) => {
      await insertOperator(tx, staff)
      await insertSupportAccess(tx, { access, email: 'ines@acme.example' as Email, name: 'Ines' })
    })
  })

  test('lets its person in, and is kept as it was begun', async () => {
    expect(await open()).toEqual(access)
    expect(await transaction(db, [globex], (tx) => isSupportStillOpen(tx, globex, id))).toBe(true)
  })

  test.each<[string, () => Promise<unknown>]>([
    [
      'has ended',
      () =>
        transaction(db, [globex], (tx) =>
          saveSupportEnd(tx, { ...access, ended: { at: Date.now(), by: 'account' } }),
        ),
    ],
    ['is at its end, by the database’s clock', () => database.asOwner(shiftToItsEnd)],
    [
      'is of somebody who is no staff any more',
      () => transaction(db, 'deployment', (tx) => deleteOperator(tx, staff)),
    ],
    [
      'is to an account that has turned support off',
      () =>
        database.asOwner(
          `update accounts set settings = '{"support_access": false}' where id = 'acc_globex'`,
        ),
    ],
  ])('lets nobody in once it %s', async (_, happens) => {
    await happens()

    expect(await open()).toBeUndefined()
  })

  test('lets nobody else in', async () => {
    expect(await open(user('dana'))).toBeUndefined()
  })

  test('is its account’s to see, and no other’s', async () => {
    const seenBy = (account: typeof acme) =>
      transaction(db, [account], (tx) => findSupportAccess(tx, globex, id))

    expect(await seenBy(globex)).toMatchObject({ access, name: 'Ines' })
    expect(await seenBy(acme)).toBeUndefined()
  })

  test('never lasts longer than eight hours, whoever writes it', async () => {
    await expect(
      database.asOwner(`update support_accesses set ends_at = started_at + interval '8 hours 1 second'`),
    ).rejects.toThrow('support_accesses')
  })

  test('that ran out is to be noted until it is', async () => {
    const toNote = () => transaction(db, 'deployment', accountsWithExpiredSupport)
    expect(await toNote()).toEqual([])
    await database.asOwner(shiftToItsEnd)
    expect(await toNote()).toEqual([globex])

    await transaction(db, [globex], (tx) =>
      saveSupportEnd(tx, { ...access, ended: { at: access.endsAt, by: 'expiry' } }),
    )
    expect(await toNote()).toEqual([])
  })
})

describe('the superusers who are told of what concerns an account', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTeam(db, Date.now())
  const told = async () =>
    (await transaction(db, [acme], (tx) => superusersOf(tx, acme))).map((reader) => reader.user)
  const grant = (columns: string, values: string) =>
    database.asOwner(
      `insert into grants (account_id, id, builtin_role, ${columns}) values ('acc_acme', 'grt_more', 'superuser', ${values})`,
    )
  beforeEach(() => database.asOwner(`delete from grants where id = 'grt_more'`))
  const before = await told()

  test.each([
    { by: 'themselves', columns: 'user_id', values: `'usr_erik'` },
    {
      by: 'themselves, for a time',
      columns: 'user_id, ends_at',
      values: `'usr_erik', now() + interval '1 day'`,
    },
  ])('are those who hold the role over all of it by $by', async ({ columns, values }) => {
    await grant(columns, values)

    expect(await told()).toEqual([...new Set([...before, user('erik')])].toSorted())
  })

  test.each([
    { why: 'its end has come', columns: 'user_id, ends_at', values: `'usr_erik', now()` },
    {
      why: 'its start has not',
      columns: 'user_id, starts_at',
      values: `'usr_erik', now() + interval '1 day'`,
    },
    {
      why: 'it is over one organization',
      columns: 'user_id, organization_id',
      values: `'usr_erik', 'org_rome'`,
    },
  ])('are not those whose role does not count, because $why', async ({ columns, values }) => {
    await grant(columns, values)

    expect(await told()).toEqual(before)
  })
})
