import type { AccountId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import { sqlState } from '../database/sql-failure.ts'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import type { SsoDomainTable } from '../sso-tables.ts'

/** A domain that an account says is its own. */
export interface SsoDomain {
  readonly domain: string
  /** What the record in DNS has to say. */
  readonly token: string
  readonly provenAt?: Date | undefined
  readonly provenBy?: 'dns' | 'operator' | undefined
  readonly createdAt: Date
}

/** Writes a domain that nothing is proven of yet; tells whether the account did not have it already. */
export async function insertSsoDomain(
  tx: Tx,
  account: AccountId,
  domain: string,
  token: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sso_domains')
    .values({ account_id: account, domain, token })
    .onConflict((conflict) => conflict.columns(['account_id', 'domain']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function findSsoDomain(
  tx: Tx,
  account: AccountId,
  domain: string,
): Promise<SsoDomain | undefined> {
  const row = await tx
    .selectFrom('sso_domains')
    .selectAll()
    .where('account_id', '=', account)
    .where('domain', '=', domain)
    .executeTakeFirst()
  return row && domainOf(row)
}

/** Notes that a domain is proven; tells whether it was, for another account may have proven it first. */
export async function markDomainProven(
  tx: Tx,
  account: AccountId,
  domain: string,
  by: 'dns' | 'operator' | undefined,
): Promise<boolean> {
  await sql`savepoint proving`.execute(tx)
  try {
    await tx
      .updateTable('sso_domains')
      .set({ proven_at: by ? sql<Date>`now()` : null, proven_by: by ?? null })
      .where('account_id', '=', account)
      .where('domain', '=', domain)
      .execute()
    return true
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    await sql`rollback to savepoint proving`.execute(tx)
    return false
  }
}

/** Forgets a domain; tells whether the account had it. */
export async function deleteSsoDomain(tx: Tx, account: AccountId, domain: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sso_domains')
    .where('account_id', '=', account)
    .where('domain', '=', domain)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** The account that has proven a domain. */
export async function ownerOfDomain(tx: Tx, domain: string): Promise<AccountId | undefined> {
  const row = await tx
    .selectFrom('sso_domains')
    .select('account_id')
    .where('domain', '=', domain)
    .where('proven_at', 'is not', null)
    .executeTakeFirst()
  return row?.account_id
}

const orders: Orders = {
  domain: { by: 'domain', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

export async function listSsoDomains(
  tx: Tx,
  account: AccountId,
  request: PageRequest,
): Promise<Page<SsoDomain>> {
  const query = tx.selectFrom('sso_domains').selectAll().where('account_id', '=', account)
  const page = await readPage(query, orders, 'domain', request)
  return { ...page, rows: page.rows.map(domainOf) }
}

function domainOf(row: Selectable<SsoDomainTable>): SsoDomain {
  return {
    domain: row.domain,
    token: row.token,
    provenAt: row.proven_at ?? undefined,
    provenBy: row.proven_by ?? undefined,
    createdAt: row.created_at,
  }
}
