import type { AccountId, KeyId, UserId } from '@keyholder/core'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import type { ApiKeyTable } from '../key-tables.ts'

export interface ApiKey {
  readonly id: KeyId
  /** Left out for the deployment's own keys. */
  readonly account?: AccountId | undefined
  readonly name: string
  /** The secret's last characters, to tell keys apart. */
  readonly hint: string
  readonly scopes: readonly string[]
  /** Left out where the operator made it. */
  readonly madeBy?: UserId | undefined
  readonly endsAt?: Date | undefined
  readonly revokedAt?: Date | undefined
  readonly lastUsedAt?: Date | undefined
  readonly createdAt: Date
  readonly version: number
}

/** Notes that keys were used; to the minute, so that a busy key does not write a row at every request. */
export async function touchKeys(tx: Tx, ids: readonly KeyId[]): Promise<void> {
  await sql`
    update api_keys set last_used_at = now()
     where id = any (${ids}::text[]) and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(
    tx,
  )
}

export type NewApiKey = Pick<ApiKey, 'id' | 'account' | 'name' | 'hint' | 'scopes' | 'madeBy' | 'endsAt'> & {
  readonly secretHash: string
}

export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({
      id: key.id,
      account_id: key.account ?? null,
      name: key.name,
      secret_hash: key.secretHash,
      hint: key.hint,
      scopes: [...key.scopes],
      made_by: key.madeBy ?? null,
      ends_at: key.endsAt ?? null,
    })
    .execute()
}

/** Ends a key at once; tells whether there was one to end. */
export async function revokeApiKey(tx: Tx, account: AccountId | undefined, id: KeyId): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`now()`, version: sql<number>`version + 1` })
    .where(ofAccount(account))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Gives a key another secret; the old one is refused from then on. */
export async function rotateApiKey(
  tx: Tx,
  account: AccountId,
  id: KeyId,
  { secretHash, hint }: { readonly secretHash: string; readonly hint: string },
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ secret_hash: secretHash, hint, version: sql<number>`version + 1` })
    .where(ofAccount(account))
    .where('id', '=', id)
    .execute()
}

/** A key of an account, or of the deployment; also one that has ended or was revoked. */
export async function findApiKey(
  tx: Tx,
  account: AccountId | undefined,
  id: KeyId,
): Promise<ApiKey | undefined> {
  const row = await tx
    .selectFrom('api_keys')
    .select(columns)
    .where(ofAccount(account))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && keyOf(row)
}

const orders: Orders = {
  name: { by: 'name collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
  last_used_at: { by: 'last_used_at', type: 'timestamptz' },
  ends_at: { by: 'ends_at', type: 'timestamptz' },
}

/** The keys of an account, or the deployment's own, without those that were revoked. */
export async function listApiKeys(
  tx: Tx,
  account: AccountId | undefined,
  request: PageRequest,
): Promise<Page<ApiKey>> {
  const query = tx
    .selectFrom('api_keys')
    .select(columns)
    .where(ofAccount(account))
    .where('revoked_at', 'is', null)
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(keyOf) }
}

/** The keys of an account that this member made and that were not revoked; they go with the membership. */
export async function keysMadeBy(tx: Tx, account: AccountId, user: UserId): Promise<readonly KeyId[]> {
  const rows = await tx
    .selectFrom('api_keys')
    .select('id')
    .where('account_id', '=', account)
    .where('made_by', '=', user)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

function ofAccount(account: AccountId | undefined): RawBuilder<boolean> {
  return account === undefined ? sql<boolean>`account_id is null` : sql<boolean>`account_id = ${account}`
}

const columns = [
  'id',
  'account_id',
  'name',
  'hint',
  'scopes',
  'made_by',
  'ends_at',
  'revoked_at',
  'last_used_at',
  'created_at',
  'version',
] as const

type KeyRow = Pick<Selectable<ApiKeyTable>, (typeof columns)[number]>

function keyOf(row: KeyRow): ApiKey {
  return {
    id: row.id,
    account: row.account_id ?? undefined,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    madeBy: row.made_by ?? undefined,
    endsAt: row.ends_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    createdAt: row.created_at,
    version: row.version,
  }
}
