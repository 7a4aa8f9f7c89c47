import type { AccountId, ChainHead, EventContent } from '@keyholder/core'
import { sql } from 'kysely'
import { closeChange } from '../access/close-change.ts'
import type { Tx } from '../database/transaction.ts'
import type { LogHeads } from './continue-logs.ts'

/**
 * Puts events at the end of the log of every account that they name, in their order.
 *
 * The accounts are held until the transaction ends, so that no two events are bound to the same one before them.
 */
export async function appendEvents(tx: Tx, events: readonly EventContent[]): Promise<void> {
  const accounts = [...new Set(events.flatMap((event) => event.accounts))]
  if (accounts.length > 0) await closeChange(tx, { events, heads: await lockHeads(tx, accounts) })
}

async function lockHeads(tx: Tx, accounts: readonly AccountId[]): Promise<LogHeads> {
  const { rows } = await sql<ChainHead & { account: AccountId }>`
    select id as account, event_seq as sequence, event_link as link from accounts
     where id = any (${accounts}::text[]) order by id for no key update`.execute(tx)
  return new Map(rows.map(({ account, ...head }) => [account, head]))
}
