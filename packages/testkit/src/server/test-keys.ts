import { createHash, randomBytes } from 'node:crypto'
import type { AccountId, KeyId, UserId } from '@keyholder/core'
import { insertApiKey, transaction, type Database } from '@keyholder/storage'

export interface TestKey {
  readonly id: KeyId
  readonly secret: string
}

/** What a key is to be good for; without an account, a key of the deployment. */
export interface WantedKey {
  readonly account?: AccountId | undefined
  readonly scopes: readonly string[]
  readonly madeBy?: UserId | undefined
  readonly endsAt?: Date | undefined
}

/** Stores a key and tells its secret. */
export async function makeKey(
  db: Database,
  { account, scopes, madeBy, endsAt }: WantedKey,
): Promise<TestKey> {
  const secret = `kh_${randomBytes(32).toString('base64url')}`
  const id = `key_${randomBytes(8).toString('hex')}` as KeyId
  const secretHash = createHash('sha256').update(secret).digest('hex')
  await transaction(db, 'deployment', (tx) =>
    insertApiKey(tx, {
      id,
      account,
      name: 'test',
      hint: secret.slice(-4),
      scopes,
      madeBy,
      endsAt,
      secretHash,
    }),
  )
  return { id, secret }
}
