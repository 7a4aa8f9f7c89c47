import type { AccountId, Email, SupportAccess, SupportAccessId, UserId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import type { SupportAccessTable } from '../support-tables.ts'

/** A support access, and who the person of the staff was when it began. */
export interface StoredSupportAccess {
  readonly access: SupportAccess
  readonly email: Email
  readonly name: string | undefined
}

export async function insertSupportAccess(
  tx: Tx,
  { access, email, name }: StoredSupportAccess,
): Promise<void> {
  await tx
    .insertInto('support_accesses')
    .values({
      account_id: access.account,
      id: access.id,
      user_id: access.user,
      email,
      name: name ?? null,
      scope: access.scope,
      reason: access.reason,
      started_at: new Date(access.startedAt),
      ends_at: new Date(access.endsAt),
      ended_at: null,
      ended_by: null,
    })
    .execute()
}

/** Writes that an access is over; what else it was stays for ever. */
export async function saveSupportEnd(tx: Tx, { account, id, ended }: SupportAccess): Promise<void> {
  await tx
    .updateTable('support_accesses')
    .set({ ended_at: ended ? new Date(ended.at) : null, ended_by: ended?.by ?? null })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}

/**
 * The access with this id in which this person may work at this very moment, by the database's clock.
 *
 * Takes a transaction of the whole deployment. None where it has ended, its time is over, the account has turned
 * support access off, or the person is not staff any more.
 */
export async function findOpenSupportAccess(
  tx: Tx,
  id: SupportAccessId,
  user: UserId,
): Promise<SupportAccess | undefined> {
  const row = await tx
    .selectFrom('support_accesses as s')
    .innerJoin('operators as o', 'o.user_id', 's.user_id')
    .innerJoin('accounts as a', 'a.id', 's.account_id')
    .selectAll('s')
    .where('s.id', '=', id)
    .where('s.user_id', '=', user)
    .where(isOpenNow)
    .where(sql<boolean>`coalesce((a.settings ->> 'support_access')::boolean, true)`)
    .executeTakeFirst()
  return row && storedOf(row).access
}

/** Whether an access of an account that is held is still open; for a change that was let in a moment ago. */
export async function isSupportStillOpen(tx: Tx, account: AccountId, id: SupportAccessId): Promise<boolean> {
  const row = await tx
    .selectFrom('support_accesses as s')
    .select('s.id')
    .where('s.account_id', '=', account)
    .where('s.id', '=', id)
    .where(isOpenNow)
    .executeTakeFirst()
  return row !== undefined
}

const isOpenNow = sql<boolean>`s.ended_at is null and s.ends_at > clock_timestamp()`

export async function findSupportAccess(
  tx: Tx,
  account: AccountId,
  id: SupportAccessId,
): Promise<StoredSupportAccess | undefined> {
  const row = await tx
    .selectFrom('support_accesses')
    .selectAll()
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && storedOf(row)
}

/** An access of this person's own, in whichever account; takes a transaction of the whole deployment. */
export async function supportAccessOf(
  tx: Tx,
  user: UserId,
  id: SupportAccessId,
): Promise<StoredSupportAccess | undefined> {
  const row = await tx
    .selectFrom('support_accesses')
    .selectAll()
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && storedOf(row)
}

/** The accesses that nobody has ended yet and whose end has not been noted: of an account, or of a person. */
export async function unendedSupport(
  tx: Tx,
  whose: { readonly account: AccountId } | { readonly user: UserId },
): Promise<readonly StoredSupportAccess[]> {
  const rows = await tx
    .selectFrom('support_accesses')
    .selectAll()
    .where(
      'account' in whose ? 'account_id' : 'user_id',
      '=',
      'account' in whose ? whose.account : whose.user,
    )
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(storedOf)
}

/** The accounts with accesses whose time is over without its being noted. */
export async function accountsWithExpiredSupport(tx: Tx): Promise<readonly AccountId[]> {
  const { rows } = await sql<{ account: AccountId }>`
    select distinct account_id as account from support_accesses
     where ended_at is null and ends_at <= clock_timestamp() order by 1`.execute(tx)
  return rows.map(({ account }) => account)
}

export interface SupportFilter {
  readonly account?: AccountId | undefined
  readonly user?: UserId | undefined
  /** Only those that let somebody in at this moment, or only the others. */
  readonly isOpen?: boolean | undefined
}

export interface ListedSupportAccess extends StoredSupportAccess {
  readonly account: { readonly slug: string; readonly name: string }
}

const orders: Orders = { started_at: { by: 's.started_at', type: 'timestamptz' } }

export async function listSupportAccesses(
  tx: Tx,
  { account, user, isOpen }: SupportFilter,
  request: PageRequest,
): Promise<Page<ListedSupportAccess>> {
  const query = tx
    .selectFrom('support_accesses as s')
    .innerJoin('accounts as a', 'a.id', 's.account_id')
    .selectAll('s')
    .select(['a.slug', 'a.name as account_name'])
    .where(
      allOf(
        account && sql`s.account_id = ${account}`,
        user && sql`s.user_id = ${user}`,
        isOpen === true && isOpenNow,
        isOpen === false && sql`not (${isOpenNow})`,
      ),
    )
  const page = await readPage(query, orders, 's.id', request)
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...storedOf(row),
      account: { slug: row.slug, name: row.account_name },
    })),
  }
}

function storedOf(row: Selectable<SupportAccessTable>): StoredSupportAccess {
  const { ended_at: endedAt, ended_by: endedBy } = row
  return {
    access: {
      id: row.id,
      account: row.account_id,
      user: row.user_id,
      scope: row.scope,
      reason: row.reason,
      startedAt: row.started_at.getTime(),
      endsAt: row.ends_at.getTime(),
      ...(endedAt && endedBy && { ended: { at: endedAt.getTime(), by: endedBy } }),
    },
    email: row.email as Email,
    name: row.name ?? undefined,
  }
}
