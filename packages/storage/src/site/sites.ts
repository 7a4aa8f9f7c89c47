import type { AccountId, OrganizationId, SiteId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'

/** A subdivision of an organization. */
export interface Site {
  readonly id: SiteId
  readonly organization: OrganizationId
  readonly key: string
  readonly name: string
  readonly version: number
  readonly createdAt: Date
}

export interface SiteFilter {
  readonly organization?: OrganizationId | undefined
  /** Only in these organizations. */
  readonly among?: readonly OrganizationId[] | undefined
  /** Part of the name or the key. */
  readonly text?: string | undefined
}

const columns = [
  'id',
  'organization_id as organization',
  'key',
  'name',
  'version',
  'created_at as createdAt',
] as const
const orders: Orders = {
  name: { by: 'sort_name', type: 'text' },
  key: { by: 'key collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

export async function listSites(
  tx: Tx,
  account: AccountId,
  { organization, among, text }: SiteFilter,
  request: PageRequest,
): Promise<Page<Site>> {
  const query = tx
    .selectFrom('sites')
    .select(columns)
    .where(
      allOf(
        sql`account_id = ${account}`,
        organization && sql`organization_id = ${organization}`,
        among && sql`organization_id = any (${among}::text[])`,
        text && sql`strpos(sort_name || ' ' || key, ${folded(text)}) > 0`,
      ),
    )
  return readPage(query, orders, 'id', request)
}

export async function findSite(tx: Tx, account: AccountId, id: SiteId): Promise<Site | undefined> {
  return tx
    .selectFrom('sites')
    .select(columns)
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The site of an organization that has this key. */
export async function siteWithKey(
  tx: Tx,
  account: AccountId,
  organization: OrganizationId,
  key: string,
): Promise<SiteId | undefined> {
  const row = await tx
    .selectFrom('sites')
    .select('id')
    .where('account_id', '=', account)
    .where('organization_id', '=', organization)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.id
}

/** Writes a new site, unless its organization has one with this key: then nothing is written and `false` said. */
export async function insertSite(
  tx: Tx,
  account: AccountId,
  { id, organization, key, name }: Pick<Site, 'id' | 'organization' | 'key' | 'name'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sites')
    .values({ account_id: account, id, organization_id: organization, key, name, sort_name: folded(name) })
    .onConflict((conflict) => conflict.columns(['account_id', 'organization_id', 'key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Gives a site another key or name, unless its organization has one with this key: then `false` is said. */
export async function updateSite(
  tx: Tx,
  account: AccountId,
  { id, key, name }: Pick<Site, 'id' | 'key' | 'name'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sites as s')
    .set({ key, name, sort_name: folded(name), version: sql<number>`version + 1` })
    .where('s.account_id', '=', account)
    .where('s.id', '=', id)
    .where(
      sql<boolean>`not exists (select from sites o where o.account_id = s.account_id
        and o.organization_id = s.organization_id and o.key = ${key} and o.id <> s.id)`,
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes a site; tells whether there was one. */
export async function deleteSite(tx: Tx, account: AccountId, id: SiteId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sites')
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
