import type { AccountId, RoleId, SsoConnection, SsoConnectionId } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import { roleColumns } from '../access/role-columns.ts'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import type { SsoConnectionTable } from '../sso-tables.ts'

export interface StoredSsoConnection extends SsoConnection {
  /** What Keyholder proves itself with to the provider, sealed; left out where it has nothing to. */
  readonly sealedSecret?: string | undefined
  readonly version: number
  readonly createdAt: Date
}

type Written = Pick<SsoConnection, 'id' | 'account' | 'name' | 'provider' | 'defaultRole'> & {
  readonly sealedSecret?: string | undefined
}

/** Writes a new connection; it is disabled until somebody says otherwise. */
export async function insertSsoConnection(tx: Tx, connection: Written): Promise<void> {
  await tx
    .insertInto('sso_connections')
    .values({ id: connection.id, account_id: connection.account, ...columns(connection) })
    .execute()
}

/** Writes what is known of a connection anew, all but whether it is used. */
export async function updateSsoConnection(tx: Tx, connection: Written): Promise<void> {
  await tx
    .updateTable('sso_connections')
    .set({ ...columns(connection), version: sql<number>`version + 1` })
    .where('account_id', '=', connection.account)
    .where('id', '=', connection.id)
    .execute()
}

export async function setSsoConnectionStatus(
  tx: Tx,
  account: AccountId,
  id: SsoConnectionId,
  status: SsoConnection['status'],
): Promise<void> {
  await tx
    .updateTable('sso_connections')
    .set({ status, version: sql<number>`version + 1` })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}

/** Deletes a connection with its rules and with everybody's link to it, and so the sessions that came through it. */
export async function deleteSsoConnection(tx: Tx, account: AccountId, id: SsoConnectionId): Promise<void> {
  await tx.deleteFrom('sso_connections').where('account_id', '=', account).where('id', '=', id).execute()
}

/** A connection by its id, in whatever account where none is named. */
export async function findSsoConnection(
  tx: Tx,
  id: string,
  account?: AccountId,
): Promise<StoredSsoConnection | undefined> {
  const row = await tx
    .selectFrom('sso_connections')
    .selectAll()
    .where('id', '=', id as SsoConnectionId)
    .$if(account !== undefined, (query) => query.where('account_id', '=', account as AccountId))
    .executeTakeFirst()
  return row && connectionOf(row)
}

/** The connection that the people of an account come by. */
export async function activeSsoConnection(
  tx: Tx,
  account: AccountId,
): Promise<StoredSsoConnection | undefined> {
  const row = await tx
    .selectFrom('sso_connections')
    .selectAll()
    .where('account_id', '=', account)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return row && connectionOf(row)
}

const orders: Orders = {
  name: { by: 'name collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

export async function listSsoConnections(
  tx: Tx,
  account: AccountId,
  request: PageRequest,
): Promise<Page<StoredSsoConnection>> {
  const query = tx.selectFrom('sso_connections').selectAll().where('account_id', '=', account)
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(connectionOf) }
}

function columns({ name, provider, defaultRole, sealedSecret }: Written) {
  const { builtin, custom } = roleColumns(defaultRole)
  return {
    kind: provider.kind,
    name,
    provider: JSON.stringify(provider),
    sealed_secret: sealedSecret ?? null,
    default_builtin: builtin ?? null,
    default_role_id: custom ?? null,
  }
}

function connectionOf(row: Selectable<SsoConnectionTable>): StoredSsoConnection {
  const defaultRole: RoleId | undefined = row.default_role_id ?? row.default_builtin ?? undefined
  return {
    id: row.id,
    account: row.account_id,
    name: row.name,
    status: row.status,
    provider: row.provider,
    defaultRole,
    sealedSecret: row.sealed_secret ?? undefined,
    version: row.version,
    createdAt: row.created_at,
  }
}
