import type { AccountId, AccountFacts } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import type { AccountTable } from '../tables.ts'
import { folded } from '../text/folded.ts'

export interface Account {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
  readonly status: AccountFacts['status']
  /** Vouched for by the operator: offered to every account as a provider to connect with. */
  readonly certifiedProvider: boolean
  readonly settings: Readonly<Record<string, unknown>>
  readonly licence: Readonly<Record<string, unknown>>
  readonly entity: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly version: number
  readonly createdAt: Date
}

/** Who an account is, to others that have to do with it. */
export interface AccountName {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
  readonly status: AccountFacts['status']
  readonly certifiedProvider: boolean
}

export async function readAccount(tx: Tx, id: AccountId): Promise<Account | undefined> {
  const row = await tx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && accountOf(row)
}

/** Makes an account that nobody has access to yet, unless the slug is taken: then nothing is written and `false` said. */
export async function insertAccount(
  tx: Tx,
  account: Pick<Account, 'id' | 'slug' | 'name'> & Partial<Pick<Account, 'certifiedProvider'>>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accounts')
    .values({
      id: account.id,
      slug: account.slug,
      name: account.name,
      certified_provider: account.certifiedProvider ?? false,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Writes what an account is, without its status, which is a matter of access; what is left out stays. */
export async function updateAccount(
  tx: Tx,
  id: AccountId,
  changes: Partial<Pick<Account, 'name' | 'certifiedProvider' | 'settings' | 'licence' | 'entity'>>,
): Promise<void> {
  const { name, certifiedProvider, settings, licence, entity } = changes
  await tx
    .updateTable('accounts')
    .set({
      ...(name !== undefined && { name }),
      ...(certifiedProvider !== undefined && { certified_provider: certifiedProvider }),
      ...(settings && { settings: JSON.stringify(settings) }),
      ...(licence && { licence: JSON.stringify(licence) }),
      ...(entity && { entity: JSON.stringify(entity) }),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

const orders: Orders = {
  slug: { by: 'slug collate "C"', type: 'text' },
  name: { by: 'lower(name) collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

/** The accounts of the transaction's scope; the whole deployment's, in that scope. */
export async function listAccounts(
  tx: Tx,
  {
    text,
    status,
  }: { readonly text?: string | undefined; readonly status?: AccountFacts['status'] | undefined },
  request: PageRequest,
): Promise<Page<Account>> {
  const query = tx
    .selectFrom('accounts')
    .selectAll()
    .where(
      allOf(
        status && sql`status = ${status}`,
        text && sql`strpos(lower(name) || ' ' || slug, ${folded(text)}) > 0`,
      ),
    )
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(accountOf) }
}

/** The names of accounts that the scope has to do with: itself, its connections' other sides, homes of its external users. */
export async function accountNames(
  tx: Tx,
  ids: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, AccountName>> {
  const rows = await tx
    .selectFrom('account_names')
    .select(['id', 'slug', 'name', 'status', 'certified_provider as certifiedProvider'])
    .where(sql<boolean>`id = any (${ids}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The providers that the operator vouches for, by name. */
export async function listCertifiedProviders(tx: Tx): Promise<readonly AccountName[]> {
  return tx
    .selectFrom('account_names')
    .select(['id', 'slug', 'name', 'status', 'certified_provider as certifiedProvider'])
    .where('certified_provider', '=', true)
    .where('status', '=', 'active')
    .orderBy(sql`lower(name) collate "C"`)
    .execute()
}

function accountOf(row: Selectable<AccountTable>): Account {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: row.status,
    certifiedProvider: row.certified_provider,
    settings: row.settings,
    licence: row.licence,
    entity: row.entity,
    revision: row.revision,
    version: row.version,
    createdAt: row.created_at,
  }
}
