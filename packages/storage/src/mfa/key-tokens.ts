import type { MfaTokenId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** A hardware key or passkey, as it is held against an answer of it. */
export interface StoredKeyToken {
  readonly id: MfaTokenId
  readonly userId: UserId
  /** In base64url. */
  readonly credentialId: string
  /** A COSE key. */
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly verifiesUser: boolean
  readonly backupEligible: boolean
  readonly transports: readonly string[]
}

export interface NewKeyToken extends StoredKeyToken {
  readonly name: string
  readonly backedUp: boolean
  readonly aaguid: string
}

/** Writes a new key, unless somebody has one of this id already: then nothing is written and `false` said. */
export async function insertKeyToken(tx: Tx, key: NewKeyToken): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mfa_tokens')
    .values({
      id: key.id,
      user_id: key.userId,
      kind: 'webauthn',
      name: key.name,
      confirmed_at: sql<Date>`clock_timestamp()`,
      credential_id: key.credentialId,
      public_key: Buffer.from(key.publicKey),
      sign_count: key.signCount,
      transports: [...key.transports],
      aaguid: key.aaguid,
      backup_eligible: key.backupEligible,
      backed_up: key.backedUp,
      verifies_user: key.verifiesUser,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The key with this id, whosever it is; held until the transaction ends, so that its count is read once. */
export async function findKeyToken(tx: Tx, credentialId: string): Promise<StoredKeyToken | undefined> {
  const [row] = await rowsOf(tx, sql`credential_id = ${credentialId} for update`)
  return row
}

/** The keys that somebody has. */
export function keyTokensOf(tx: Tx, user: UserId): Promise<readonly StoredKeyToken[]> {
  return rowsOf(tx, sql`user_id = ${user} order by created_at, id`)
}

/** Notes what a key has said of itself when it was used. */
export async function noteKeyUse(
  tx: Tx,
  credentialId: string,
  { signCount, backedUp }: { readonly signCount: number; readonly backedUp: boolean },
): Promise<void> {
  await sql`
    update mfa_tokens set sign_count = ${signCount}, backed_up = ${backedUp}, last_used_at = clock_timestamp()
     where credential_id = ${credentialId}`.execute(tx)
}

interface KeyRow {
  readonly id: MfaTokenId
  readonly user_id: UserId
  readonly credential_id: string
  readonly public_key: Buffer
  readonly sign_count: number
  readonly verifies_user: boolean
  readonly backup_eligible: boolean | null
  readonly transports: string[] | null
}

async function rowsOf(tx: Tx, which: ReturnType<typeof sql>): Promise<StoredKeyToken[]> {
  const { rows } = await sql<KeyRow>`
    select id, user_id, credential_id, public_key, sign_count, verifies_user, backup_eligible, transports
      from mfa_tokens where kind = 'webauthn' and ${which}`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    signCount: row.sign_count,
    verifiesUser: row.verifies_user,
    backupEligible: row.backup_eligible ?? false,
    transports: row.transports ?? [],
  }))
}
