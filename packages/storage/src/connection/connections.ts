import type {
  AccountId,
  Agreement,
  Connection,
  ConnectionId,
  ConnectionStatus,
  GroupId,
  RoleId,
} from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'
import { agreementOf, type ConnectionRow, type StoredConnection } from './connection-row.ts'

export interface ConnectionFilter {
  /** As which of the two this account takes part; left out for both. */
  readonly side?: 'host' | 'guest' | undefined
  readonly statuses?: readonly ConnectionStatus[] | undefined
  /** The account on the other side. */
  readonly other?: AccountId | undefined
  /** Part of the other side's name or slug. */
  readonly text?: string | undefined
}

const orders: Orders = {
  name: { by: 'lower(other_name) collate "C"', type: 'text' },
  status: { by: 'status', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
  ends_at: { by: 'ends_at', type: 'timestamptz' },
  last_used_at: { by: 'last_used_at', type: 'timestamptz' },
}

type NamedRow = ConnectionRow & {
  readonly host_slug: string
  readonly host_name: string
  readonly guest_slug: string
  readonly guest_name: string
}

/** A page of the connections that an account opened to others, and of those through which it is let in. */
export async function listConnections(
  tx: Tx,
  account: AccountId,
  { side, statuses, other, text }: ConnectionFilter,
  request: PageRequest,
): Promise<Page<StoredConnection>> {
  const query = connections(tx, account).where(
    allOf(
      side === 'host' && sql`account_id = ${account}`,
      side === 'guest' && sql`guest_account_id = ${account}`,
      statuses && sql`status = any (${statuses}::text[])`,
      other && sql`${other} in (account_id, guest_account_id)`,
      text && sql`strpos(lower(other_name) || ' ' || other_slug, ${folded(text)}) > 0`,
    ),
  )
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(storedConnection) }
}

/** A connection that this account takes part in, on either side. */
export async function findConnection(
  tx: Tx,
  account: AccountId,
  id: ConnectionId,
): Promise<StoredConnection | undefined> {
  const row = await connections(tx, account).where('id', '=', id).executeTakeFirst()
  return row && storedConnection(row)
}

/** Finds a connection and holds its row, so that its two sides cannot answer each other at once. */
export async function lockConnection(
  tx: Tx,
  account: AccountId,
  id: ConnectionId,
): Promise<StoredConnection | undefined> {
  await tx.selectFrom('connections').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findConnection(tx, account, id)
}

/** The one connection in this direction that is proposed, active or paused. */
export async function findStandingConnection(
  tx: Tx,
  host: AccountId,
  guest: AccountId,
): Promise<ConnectionId | undefined> {
  const row = await tx
    .selectFrom('connections')
    .select('id')
    .where('account_id', '=', host)
    .where('guest_account_id', '=', guest)
    .where('status', 'in', ['proposed', 'active', 'paused'])
    .executeTakeFirst()
  return row?.id
}

/** Writes the story of a connection; what decides access is written by the changes of access, before or after. */
export async function describeConnection(tx: Tx, agreement: Agreement): Promise<void> {
  const { connection, offer, ended } = agreement
  await tx
    .updateTable('connections')
    .set({
      assurance: agreement.assurance,
      extension: agreement.extension ?? null,
      purpose: agreement.purpose ?? null,
      message: agreement.message ?? null,
      proposed_by: JSON.stringify(agreement.proposedBy),
      proposed_at: new Date(agreement.proposedAt),
      offer: offer ? JSON.stringify(offer) : null,
      ended: ended ? JSON.stringify(ended) : null,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', connection.id)
    .execute()
}

/** From whose people an account was entered. */
export interface Passage {
  readonly host: AccountId
  readonly guest: AccountId
}

/** Notes that people came through the active connections between these accounts. */
export async function touchConnections(tx: Tx, passages: readonly Passage[]): Promise<void> {
  await sql`
    update connections c set last_used_at = now()
      from json_to_recordset(${JSON.stringify(passages)}) as x (host text, guest text)
     where c.account_id = x.host and c.guest_account_id = x.guest and c.status = 'active'`.execute(tx)
}

/** The connections that are not over whose delegates are the members of this group of the guest. */
export async function connectionsOfDelegates(
  tx: Tx,
  guest: AccountId,
  group: GroupId,
): Promise<readonly ConnectionId[]> {
  const rows = await tx
    .selectFrom('connections')
    .select('id')
    .where('guest_account_id', '=', guest)
    .where('delegates_group_id', '=', group)
    .where('status', 'not in', ['ended', 'declined'])
    .execute()
  return rows.map(({ id }) => id)
}

/** Lets connections that are over no longer name this group of the guest, so that it can go. */
export async function forgetDelegates(tx: Tx, guest: AccountId, group: GroupId): Promise<void> {
  await tx
    .updateTable('connections')
    .set({ delegates_group_id: null })
    .where('guest_account_id', '=', guest)
    .where('delegates_group_id', '=', group)
    .where('status', 'in', ['ended', 'declined'])
    .execute()
}

/** The connections of which this role is the maximum, also ended ones: as long as they are there, so is the role. */
export async function connectionsUnderMaximum(
  tx: Tx,
  host: AccountId,
  role: RoleId,
): Promise<readonly Connection[]> {
  const rows = await tx
    .selectFrom('connections')
    .selectAll()
    .where('account_id', '=', host)
    .where(sql<boolean>`coalesce(maximum_role_id, maximum_builtin) = ${role}`)
    .execute()
  return rows.map((row) => agreementOf(row).connection)
}

function connections(tx: Tx, account: AccountId) {
  const named = sql<NamedRow & { other_name: string; other_slug: string }>`(
    select c.*, h.slug as host_slug, h.name as host_name, g.slug as guest_slug, g.name as guest_name,
           case when c.account_id = ${account} then g.name else h.name end as other_name,
           case when c.account_id = ${account} then g.slug else h.slug end as other_slug
      from connections c
      cross join lateral (select slug, name from account_names a where a.id = c.account_id) h
      cross join lateral (select slug, name from account_names a where a.id = c.guest_account_id) g
     where ${account} in (c.account_id, c.guest_account_id))`
  return tx.selectFrom(named.as('connection')).selectAll()
}

function storedConnection(row: NamedRow): StoredConnection {
  return {
    agreement: agreementOf(row),
    host: { id: row.account_id, slug: row.host_slug, name: row.host_name },
    guest: { id: row.guest_account_id, slug: row.guest_slug, name: row.guest_name },
    lastUsedAt: row.last_used_at ?? undefined,
    createdAt: row.created_at,
    version: row.version,
  }
}
