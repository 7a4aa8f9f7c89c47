import type { AccountId, Email, Language, UserId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import { sqlState } from '../database/sql-failure.ts'
import type { Tx } from '../database/transaction.ts'
import type { UserTable } from '../tables.ts'
import { personText } from './person-text.ts'

/** A person with one login, whatever accounts they work in. */
export interface User {
  readonly id: UserId
  readonly home: AccountId
  readonly email: Email
  readonly name?: string | undefined
  readonly externalId?: string | undefined
  readonly language: Language
  readonly verifiedAt?: Date | undefined
  readonly createdAt: Date
  readonly version: number
}

export type NewUser = Pick<User, 'id' | 'home' | 'email' | 'name' | 'externalId' | 'verifiedAt'> & {
  readonly language?: Language | undefined
}

export async function findUser(tx: Tx, id: UserId): Promise<User | undefined> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
  return row && userOf(row)
}

/** Whoever has this address, wherever they belong to. */
export async function findUserByEmail(tx: Tx, email: Email): Promise<User | undefined> {
  const row = await tx.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
  return row && userOf(row)
}

/** Writes a new person, unless the address or the external id is taken: then nothing is written and `false` said. */
export async function insertUser(tx: Tx, user: NewUser): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('users')
    .values({
      id: user.id,
      home_account_id: user.home,
      email: user.email,
      name: user.name ?? null,
      external_id: user.externalId ?? null,
      verified_at: user.verifiedAt ?? null,
      ...(user.language && { language: user.language }),
      ...personText(user.name, user.email),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Writes what is known of a person anew. */
export async function updateUser(
  tx: Tx,
  user: Pick<User, 'id' | 'email' | 'name' | 'externalId' | 'language' | 'verifiedAt'>,
): Promise<void> {
  await tx
    .updateTable('users')
    .set({
      email: user.email,
      name: user.name ?? null,
      external_id: user.externalId ?? null,
      language: user.language,
      verified_at: user.verifiedAt ?? null,
      version: sql<number>`version + 1`,
      ...personText(user.name, user.email),
    })
    .where('id', '=', user.id)
    .execute()
}

/** Gives a person another address, unless somebody else has it: then nothing is written and `false` said. */
export async function changeEmail(
  tx: Tx,
  user: Pick<User, 'id' | 'email' | 'name' | 'externalId' | 'language' | 'verifiedAt'>,
): Promise<boolean> {
  await sql`savepoint address_free`.execute(tx)
  try {
    await updateUser(tx, user)
    return true
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    await sql`rollback to savepoint address_free`.execute(tx)
    return false
  }
}

/**
 * Removes the login of somebody who is a member of no account any more; tells whether it did.
 *
 * Whether another account still has them is for the database to say: those rows are not in this transaction's sight.
 */
export async function deleteUser(tx: Tx, id: UserId): Promise<boolean> {
  await sql`savepoint login_there`.execute(tx)
  try {
    const { numDeletedRows } = await tx.deleteFrom('users').where('id', '=', id).executeTakeFirst()
    await sql`set constraints all immediate`.execute(tx)
    await sql`set constraints all deferred`.execute(tx)
    return numDeletedRows === 1n
  } catch (error) {
    if (sqlState(error) !== foreignKeyViolation) throw error
    await sql`rollback to savepoint login_there`.execute(tx)
    return false
  }
}

const foreignKeyViolation = '23503'
const uniqueViolation = '23505'

/** Notes that a member was here; to the minute, so that a busy person does not write a row at every request. */
export async function touchMember(tx: Tx, account: AccountId, user: UserId): Promise<void> {
  await sql`
    update memberships set last_seen_at = now()
     where account_id = ${account} and user_id = ${user}
       and (last_seen_at is null or last_seen_at < now() - interval '1 minute')`.execute(tx)
}

function userOf(row: Selectable<UserTable>): User {
  return {
    id: row.id,
    home: row.home_account_id,
    email: row.email as Email,
    name: row.name ?? undefined,
    externalId: row.external_id ?? undefined,
    language: row.language,
    verifiedAt: row.verified_at ?? undefined,
    createdAt: row.created_at,
    version: row.version,
  }
}
