import { sql } from 'kysely'
import type { AccountId, OrganizationId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'

/** An organization as people know it; that it exists, and who has access to it, is a matter of access changes. */
export interface Organization {
  readonly id: OrganizationId
  readonly key: string
  readonly name: string
  readonly assets: number
  readonly version: number
  readonly createdAt: Date
}

export interface OrganizationFilter {
  /** Left out for all. */
  readonly among?: readonly OrganizationId[] | undefined
  /** Part of the name or the key. */
  readonly text?: string | undefined
}

const orders: Orders = {
  name: { by: 'sort_name', type: 'text' },
  key: { by: 'key collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

const columns = ['id', 'key', 'name', 'assets', 'version', 'created_at as createdAt'] as const

/** A page of an account's organizations. */
export async function listOrganizations(
  tx: Tx,
  account: AccountId,
  { among, text }: OrganizationFilter,
  page: PageRequest,
): Promise<Page<Organization>> {
  const query = tx
    .selectFrom('organizations')
    .select(columns)
    .where('account_id', '=', account)
    .$if(among !== undefined, (all) => all.where(sql<boolean>`id = any(${among})`))
    .$if(text !== undefined, (all) =>
      all.where(sql<boolean>`strpos(sort_name || ' ' || key, ${folded(text ?? '')}) > 0`),
    )
  return readPage(query, orders, 'id', page)
}

/** An organization by its id or key. */
export async function findOrganization(
  tx: Tx,
  account: AccountId,
  name: string,
): Promise<Organization | undefined> {
  return tx
    .selectFrom('organizations')
    .select(columns)
    .where('account_id', '=', account)
    .where(name.startsWith('org_') ? 'id' : 'key', '=', name as OrganizationId)
    .executeTakeFirst()
}

/** Gives an organization its key and name, and it a new version. */
export async function describeOrganization(
  tx: Tx,
  account: AccountId,
  id: OrganizationId,
  { key, name }: { readonly key: string; readonly name: string },
): Promise<void> {
  await tx
    .updateTable('organizations')
    .set({ key, name, sort_name: folded(name), version: sql<number>`version + 1` })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}
