import type { MfaTokenId, UserId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import type { MfaTokenTable } from '../sign-in-tables.ts'

/** A second factor that somebody holds, as they see it. */
export interface MfaToken {
  readonly id: MfaTokenId
  readonly kind: 'totp' | 'security_key'
  readonly name: string
  /** Whether it knows its person, so that it opens the door without a password. */
  readonly standsAlone: boolean
  readonly isBackedUp: boolean
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
}

/** The second factors that somebody has proven to hold, the oldest first. */
export async function listMfaTokens(tx: Tx, user: UserId): Promise<readonly MfaToken[]> {
  const rows = await tx
    .selectFrom('mfa_tokens')
    .selectAll()
    .where('user_id', '=', user)
    .where('confirmed_at', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(tokenOf)
}

/** Gives somebody's token another name; nothing where they hold no such token. */
export async function renameMfaToken(
  tx: Tx,
  user: UserId,
  id: MfaTokenId,
  name: string,
): Promise<MfaToken | undefined> {
  const row = await tx
    .updateTable('mfa_tokens')
    .set({ name })
    .where('user_id', '=', user)
    .where('id', '=', id)
    .where('confirmed_at', 'is not', null)
    .returningAll()
    .executeTakeFirst()
  return row && tokenOf(row)
}

/** Takes a token away from somebody; tells which it was. */
export async function removeMfaToken(tx: Tx, user: UserId, id: MfaTokenId): Promise<MfaToken | undefined> {
  const row = await tx
    .deleteFrom('mfa_tokens')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && tokenOf(row)
}

/** Takes every second factor away from somebody, recovery codes too; tells which tokens they held. */
export async function removeMfa(tx: Tx, user: UserId): Promise<readonly MfaToken[]> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user).execute()
  const rows = await tx.deleteFrom('mfa_tokens').where('user_id', '=', user).returningAll().execute()
  return rows.filter((row) => row.confirmed_at !== null).map(tokenOf)
}

/** Holds what somebody proves themselves with, so that it is changed by one request at a time. */
export async function holdCredentials(tx: Tx, user: UserId): Promise<void> {
  await sql`select from users where id = ${user} for no key update`.execute(tx)
}

function tokenOf(row: Selectable<MfaTokenTable>): MfaToken {
  return {
    id: row.id,
    kind: row.kind === 'totp' ? 'totp' : 'security_key',
    name: row.name,
    standsAlone: row.verifies_user ?? false,
    isBackedUp: row.backed_up ?? false,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
