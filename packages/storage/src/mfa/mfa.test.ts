import type { ChallengeId, MfaTokenId, SessionId, UserId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction, type Tx } from '../database/transaction.ts'
import { insertSession } from '../session/sessions.ts'
import { makeTwoAccounts } from '../two-accounts.fixture.ts'
import { hasMfa, secondFactorsOf } from '../user/find-sign-in.ts'
import { insertChallenge, pruneChallenges, takeChallenge } from './challenges.ts'
import { findKeyToken, insertKeyToken, keyTokensOf, noteKeyUse, type NewKeyToken } from './key-tokens.ts'
import { listMfaTokens, removeMfa, removeMfaToken, renameMfaToken } from './mfa-tokens.ts'
import { countRecoveryCodes, replaceRecoveryCodes, spendRecoveryCode } from './recovery-codes.ts'
import { beginTotp, confirmTotp, findBegunTotp, findTotps, noteTotpUse } from './totp-tokens.ts'

const database = await testDatabase()
const db = database.open()
await makeTwoAccounts(database)
const dana = 'usr_acme' as UserId
const other = 'usr_globex' as UserId
const totp = 'mft_totp' as MfaTokenId

function run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return transaction(db, 'deployment', work)
}

async function hasMfaInList(user: UserId): Promise<boolean | undefined> {
  const [row] = await database.asOwner<{ has_mfa: boolean }>(
    'select has_mfa from memberships where user_id = $1',
    [user],
  )
  return row?.has_mfa
}

beforeEach(async () => {
  await database.asOwner('delete from mfa_tokens')
  await database.asOwner('delete from recovery_codes')
  await database.asOwner('delete from challenges')
})

describe('a generator of one-time codes', () => {
  const begin = (id: MfaTokenId, user = dana) =>
    run((tx) => beginTotp(tx, { id, user, name: 'Phone', sealedSecret: `sealed ${id}` }))

  test('counts for nothing until a code of it was seen', async () => {
    await begin(totp)

    expect(await run((tx) => findTotps(tx, dana))).toEqual([])
    expect(await run((tx) => listMfaTokens(tx, dana))).toEqual([])
    expect(await run((tx) => hasMfa(tx, dana))).toBe(false)
    expect(await run((tx) => findBegunTotp(tx, other, totp))).toBeUndefined()
    expect(await run((tx) => findBegunTotp(tx, dana, totp))).toMatchObject({ lastStep: undefined })
  })

  test('counts from its first code on, and is listed so', async () => {
    await begin(totp)
    await run((tx) => confirmTotp(tx, totp, { step: 59_000_000, name: undefined }))

    expect(await run((tx) => findTotps(tx, dana))).toEqual([
      { id: totp, sealedSecret: 'sealed mft_totp', lastStep: 59_000_000 },
    ])
    expect(await run((tx) => listMfaTokens(tx, dana))).toMatchObject([
      { id: totp, kind: 'totp', name: 'Phone' },
    ])
    expect(await run((tx) => secondFactorsOf(tx, dana))).toEqual(['totp'])
    expect(await hasMfaInList(dana)).toBe(true)
    expect(await run((tx) => findBegunTotp(tx, dana, totp))).toBeUndefined()

    await run((tx) => noteTotpUse(tx, totp, 59_000_002))
    expect(await run((tx) => findTotps(tx, dana))).toMatchObject([{ lastStep: 59_000_002 }])
  })

  test('that was begun and left is dropped by the next', async () => {
    await begin(totp)
    await begin('mft_next' as MfaTokenId)

    expect(await run((tx) => findBegunTotp(tx, dana, totp))).toBeUndefined()
  })
})

describe('a hardware key', () => {
  const key: NewKeyToken = {
    id: 'mft_key' as MfaTokenId,
    userId: dana,
    name: 'Blue',
    credentialId: 'AAAA',
    publicKey: new Uint8Array([1, 2, 3]),
    signCount: 4_294_967_295,
    verifiesUser: true,
    backupEligible: true,
    backedUp: false,
    transports: ['usb', 'nfc'],
    aaguid: '00000000-0000-0000-0000-000000000000',
  }

  test('is found by its id, with all that its answers are held against', async () => {
    expect(await run((tx) => insertKeyToken(tx, key))).toBe(true)
    const { name: _name, backedUp: _backedUp, aaguid: _aaguid, ...held } = key

    expect(await run((tx) => findKeyToken(tx, 'AAAA'))).toEqual({
      ...held,
      publicKey: Buffer.from([1, 2, 3]),
    })
    expect(await run((tx) => findKeyToken(tx, 'AAAB'))).toBeUndefined()
    expect(await run((tx) => keyTokensOf(tx, other))).toEqual([])
    expect(await run((tx) => secondFactorsOf(tx, dana))).toEqual(['security_key'])
  })

  test('is nobody’s a second time', async () => {
    await run((tx) => insertKeyToken(tx, key))

    expect(
      await run((tx) => insertKeyToken(tx, { ...key, id: 'mft_copy' as MfaTokenId, userId: other })),
    ).toBe(false)
    expect(await run((tx) => findKeyToken(tx, 'AAAA'))).toMatchObject({ userId: dana })
  })

  test('is renamed and removed by its own person alone', async () => {
    await run((tx) => insertKeyToken(tx, key))
    await run((tx) => noteKeyUse(tx, 'AAAA', { signCount: 7, backedUp: true }))

    expect(await run((tx) => renameMfaToken(tx, other, key.id, 'Mine'))).toBeUndefined()
    expect(await run((tx) => removeMfaToken(tx, other, key.id))).toBeUndefined()
    expect(await run((tx) => renameMfaToken(tx, dana, key.id, 'Green'))).toMatchObject({
      name: 'Green',
      standsAlone: true,
      isBackedUp: true,
    })
    expect(await run((tx) => removeMfaToken(tx, dana, key.id))).toMatchObject({ name: 'Green' })
    expect(await hasMfaInList(dana)).toBe(false)
  })

  test('goes with everything else when all second factors are taken away', async () => {
    await run((tx) => insertKeyToken(tx, key))
    await run((tx) => replaceRecoveryCodes(tx, dana, ['one']))

    expect(await run((tx) => removeMfa(tx, dana))).toMatchObject([{ id: key.id }])
    expect(await run((tx) => secondFactorsOf(tx, dana))).toEqual([])
    expect(await run((tx) => countRecoveryCodes(tx, dana))).toBe(0)
  })
})

describe('a recovery code', () => {
  test('is used up by one of many at the same time', async () => {
    await run((tx) => replaceRecoveryCodes(tx, dana, ['one', 'two']))
    const spent = await Promise.all(
      Array.from({ length: 8 }, () => run((tx) => spendRecoveryCode(tx, dana, 'one'))),
    )

    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await run((tx) => countRecoveryCodes(tx, dana))).toBe(1)
  })

  test('is of its person, and of the last set', async () => {
    await run((tx) => replaceRecoveryCodes(tx, dana, ['one']))
    await run((tx) => replaceRecoveryCodes(tx, dana, ['two']))

    expect(await run((tx) => spendRecoveryCode(tx, dana, 'one'))).toBe(false)
    expect(await run((tx) => spendRecoveryCode(tx, other, 'two'))).toBe(false)
    expect(await run((tx) => spendRecoveryCode(tx, dana, 'two'))).toBe(true)
  })
})

describe('a challenge', () => {
  const id = 'chl_one' as ChallengeId
  const session = 'ses_one' as SessionId
  const challenge = { purpose: 'second_factor', challenge: 'sign this', userId: dana, sessionId: session }

  beforeEach(async () => {
    await database.asOwner('delete from sessions')
    const at = Date.now()
    await run((tx) =>
      insertSession(tx, {
        id: session,
        tokenHash: 'one',
        user: dana,
        session: {
          firstFactor: 'password',
          firstFactorAt: at,
          signedInAt: at,
          lastUsedAt: at,
          longestGap: 0,
        },
      }),
    )
  })

  test('is taken by one of many at the same time', async () => {
    await run((tx) => insertChallenge(tx, { ...challenge, id, life: 300_000 }))
    const taken = await Promise.all(Array.from({ length: 8 }, () => run((tx) => takeChallenge(tx, id))))

    expect(taken.filter(Boolean)).toEqual([challenge])
  })

  test('is over when its time is, and when the session is asked again', async () => {
    await run((tx) => insertChallenge(tx, { ...challenge, id, life: 300_000 }))
    await database.asOwner(`update challenges set expires_at = clock_timestamp()`)
    expect(await run((tx) => takeChallenge(tx, id))).toBeUndefined()

    await run((tx) => insertChallenge(tx, { ...challenge, id, life: 300_000 }))
    await run((tx) => insertChallenge(tx, { ...challenge, id: 'chl_two' as ChallengeId, life: 300_000 }))
    expect(await run((tx) => takeChallenge(tx, id))).toBeUndefined()
    expect(await run((tx) => takeChallenge(tx, 'chl_two'))).toEqual(challenge)
  })

  test('goes with its session', async () => {
    await run((tx) => insertChallenge(tx, { ...challenge, id, life: 300_000 }))
    await database.asOwner('delete from sessions')

    expect(await run((tx) => takeChallenge(tx, id))).toBeUndefined()
    await run(pruneChallenges)
  })
})
