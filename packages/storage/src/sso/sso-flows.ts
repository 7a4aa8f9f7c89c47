import type { SessionId, SsoConnectionId, SsoIntent } from '@keyholder/core'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import type { SsoFlowTable } from '../sso-tables.ts'

/** A browser that was sent to an identity provider. */
export interface SsoFlow {
  readonly connection: SsoConnectionId
  readonly intent: SsoIntent
  /** The session that is linked or proven. */
  readonly session?: SessionId | undefined
  readonly returnTo: string
  readonly requestId?: string | undefined
  /** Who the provider said has signed in, where that came before the browser did. */
  readonly asserted?: object | undefined
}

/** Milliseconds in which somebody has to have come back. */
export const longestFlow = 900_000

export async function insertSsoFlow(
  tx: Tx,
  secretHash: string,
  flow: Omit<SsoFlow, 'asserted'>,
): Promise<void> {
  await tx
    .insertInto('sso_flows')
    .values({
      secret_hash: secretHash,
      connection_id: flow.connection,
      intent: flow.intent,
      session_id: flow.session ?? null,
      return_to: flow.returnTo,
      request_id: flow.requestId ?? null,
      handle_hash: null,
      expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${longestFlow / 1000})`,
    })
    .execute()
}

/** Takes what a browser was sent away with, once; nothing where it was sent by another connection, or too long ago. */
export async function takeSsoFlow(
  tx: Tx,
  secretHash: string,
  connection: SsoConnectionId,
): Promise<SsoFlow | undefined> {
  const row = await tx
    .deleteFrom('sso_flows')
    .where('secret_hash', '=', secretHash)
    .where('connection_id', '=', connection)
    .where('handle_hash', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return stillGoing(tx, row)
}

/** What was sent away with a request of this name, while no answer to it has come. */
export async function findSsoFlowOfRequest(
  tx: Tx,
  connection: SsoConnectionId,
  requestId: string,
): Promise<SsoFlow | undefined> {
  const row = await tx
    .selectFrom('sso_flows')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('request_id', '=', requestId)
    .where('handle_hash', 'is', null)
    .executeTakeFirst()
  return stillGoing(tx, row)
}

/**
 * Keeps who the provider said has signed in until the browser that asked fetches it by the handle.
 *
 * Tells whether it was the first answer to the request.
 */
export async function keepAsserted(
  tx: Tx,
  { connection, requestId }: { readonly connection: SsoConnectionId; readonly requestId: string },
  handleHash: string,
  asserted: object,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sso_flows')
    .set({ handle_hash: handleHash, asserted: JSON.stringify(asserted) })
    .where('connection_id', '=', connection)
    .where('request_id', '=', requestId)
    .where('handle_hash', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes what was kept, once; it takes the handle and the browser's own secret together. */
export async function takeAsserted(
  tx: Tx,
  secretHash: string,
  connection: SsoConnectionId,
  handleHash: string,
): Promise<SsoFlow | undefined> {
  const row = await tx
    .deleteFrom('sso_flows')
    .where('secret_hash', '=', secretHash)
    .where('connection_id', '=', connection)
    .where('handle_hash', '=', handleHash)
    .returningAll()
    .executeTakeFirst()
  return stillGoing(tx, row)
}

/** Uses an assertion up; tells whether it was the first time, on whatever node. */
export async function useAssertion(
  tx: Tx,
  connection: SsoConnectionId,
  assertionId: string,
  expiresAt: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sso_assertions')
    .values({ connection_id: connection, assertion_id: assertionId, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Drops what is over; nothing depends on when. Assertions stay a day longer, whatever the clocks of providers say. */
export async function pruneSsoFlows(tx: Tx): Promise<void> {
  await sql`delete from sso_flows where expires_at < now()`.execute(tx)
  await sql`delete from sso_assertions where expires_at < now() - interval '1 day'`.execute(tx)
}

async function stillGoing(tx: Tx, row: Selectable<SsoFlowTable> | undefined): Promise<SsoFlow | undefined> {
  if (!row) return undefined
  const { rows } = await sql<{
    over: boolean
  }>`select ${row.expires_at} <= clock_timestamp() as over`.execute(tx)
  if (rows[0]?.over !== false) return undefined
  return {
    connection: row.connection_id,
    intent: row.intent,
    session: row.session_id ?? undefined,
    returnTo: row.return_to,
    requestId: row.request_id ?? undefined,
    asserted: row.asserted ?? undefined,
  }
}
