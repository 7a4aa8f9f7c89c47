import type { AccountId, SsoConnectionId, SsoIdentityId, UserId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import type { SsoIdentityTable } from '../sso-tables.ts'

/** Who somebody is at an identity provider. */
export interface SsoIdentity {
  readonly id: SsoIdentityId
  readonly account: AccountId
  readonly connection: SsoConnectionId
  readonly subject: string
  readonly user: UserId
  /** What the provider called their address last; a label. */
  readonly email?: string | undefined
  readonly createdAt: Date
  readonly lastUsedAt?: Date | undefined
}

/** Whoever is known by this subject; the connection is a part of the name. */
export async function findSsoIdentity(
  tx: Tx,
  connection: SsoConnectionId,
  subject: string,
): Promise<SsoIdentity | undefined> {
  const row = await tx
    .selectFrom('sso_identities')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row && identityOf(row)
}

/** Who somebody is at the identity providers of their home account. */
export async function ssoIdentitiesOf(tx: Tx, user: UserId): Promise<readonly SsoIdentity[]> {
  const rows = await tx
    .selectFrom('sso_identities')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(identityOf)
}

/** Ties somebody to a subject; tells whether neither was tied at this connection before. */
export async function insertSsoIdentity(
  tx: Tx,
  identity: Omit<SsoIdentity, 'createdAt' | 'lastUsedAt'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sso_identities')
    .values({
      id: identity.id,
      account_id: identity.account,
      connection_id: identity.connection,
      subject: identity.subject,
      user_id: identity.user,
      email: identity.email ?? null,
      last_used_at: sql<Date>`now()`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Notes that somebody came by an identity, and what the provider calls their address now. */
export async function touchSsoIdentity(tx: Tx, id: SsoIdentityId, email: string | undefined): Promise<void> {
  await tx
    .updateTable('sso_identities')
    .set({ last_used_at: sql<Date>`now()`, email: email ?? null })
    .where('id', '=', id)
    .execute()
}

/** Unties somebody, which ends their sessions that came that way; tells whether there was such an identity of theirs. */
export async function deleteSsoIdentity(tx: Tx, user: UserId, id: string): Promise<SsoIdentity | undefined> {
  const row = await tx
    .deleteFrom('sso_identities')
    .where('user_id', '=', user)
    .where('id', '=', id as SsoIdentityId)
    .returningAll()
    .executeTakeFirst()
  return row && identityOf(row)
}

function identityOf(row: Selectable<SsoIdentityTable>): SsoIdentity {
  return {
    id: row.id,
    account: row.account_id,
    connection: row.connection_id,
    subject: row.subject,
    user: row.user_id,
    email: row.email ?? undefined,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
