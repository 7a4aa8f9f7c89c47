import {
  canonicalJson,
  chain,
  type AccountId,
  type ChainedEvent,
  type EventContent,
  type Json,
} from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { sha256 } from './sha256.ts'

type Head = Pick<ChainedEvent, 'sequence' | 'link'>

/**
 * Puts events at the end of the log of every account that they name, in their order.
 *
 * The same content has the same hash in each log, and in each its own link. The accounts are held until the
 * transaction ends, so that no two events are bound to the same one before them.
 */
export async function appendEvents(tx: Tx, events: readonly EventContent[]): Promise<void> {
  if (events.length === 0) return
  const heads = await lockHeads(tx, [...new Set(events.flatMap(({ accounts }) => accounts))])
  const rows = events.flatMap((content) => {
    const text = canonicalJson(content as unknown as Json)
    return content.accounts.map((account) => {
      const head = heads.get(account)
      if (!head) throw new Error(`the log of \`${account}\` is not there or not in this transaction's scope`)
      const event = chain(head, content, sha256)
      heads.set(account, event)
      return { account_id: account, seq: event.sequence, content: text, hash: event.hash, link: event.link }
    })
  })

  const ends = [...heads].map(([id, { sequence, link }]) => ({ id, seq: sequence, link }))
  await sql`
    with added as (
      insert into events (account_id, seq, content, hash, link)
      select * from json_to_recordset(${JSON.stringify(rows)}) as x
             (account_id text, seq bigint, content text, hash text, link text))
    update accounts a set event_seq = x.seq, event_link = x.link
      from json_to_recordset(${JSON.stringify(ends)}) as x (id text, seq bigint, link text)
     where a.id = x.id`.execute(tx)
}

async function lockHeads(tx: Tx, accounts: readonly AccountId[]): Promise<Map<AccountId, Head>> {
  const { rows } = await sql<{ id: AccountId; sequence: number; link: string }>`
    select id, event_seq as sequence, event_link as link from accounts
     where id = any (${accounts}::text[]) order by id for no key update`.execute(tx)
  return new Map(rows.map(({ id, sequence, link }) => [id, { sequence, link }]))
}
