import {
  canonicalJson,
  chain,
  eventHash,
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
  const [only, ...others] = events
  if (only && others.length === 0) await appendOne(tx, only)
  else if (only) await appendMany(tx, events)
}

/** Nearly every change has one event: it is linked where it is stored, in one round trip. */
async function appendOne(tx: Tx, event: EventContent): Promise<void> {
  const hash = eventHash(event, sha256)
  const accounts = [...new Set(event.accounts)]
  const { numAffectedRows } = await sql`
    with held as (
      select id from accounts where id = any (${accounts}::text[]) order by id for no key update),
    heads as (
      update accounts a set event_seq = event_seq + 1,
             event_link = encode(sha256(convert_to(event_link || ${hash}, 'UTF8')), 'hex')
        from held where a.id = held.id returning a.id, event_seq, event_link)
    insert into events (account_id, seq, content, hash, link)
    select id, event_seq, ${textOf(event)}, ${hash}, event_link from heads`.execute(tx)
  if (numAffectedRows !== BigInt(accounts.length)) throw new Error(notInScope(accounts))
}

async function appendMany(tx: Tx, events: readonly EventContent[]): Promise<void> {
  const heads = await lockHeads(tx, [...new Set(events.flatMap(({ accounts }) => accounts))])
  const rows = events.flatMap((content) => {
    const text = textOf(content)
    return [...new Set(content.accounts)].map((account) => {
      const head = heads.get(account)
      if (!head) throw new Error(notInScope([account]))
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

function textOf(event: EventContent): string {
  return canonicalJson(event as unknown as Json)
}

function notInScope(accounts: readonly AccountId[]): string {
  return `the log of ${accounts.join(' or ')} is not there or not in this transaction's scope`
}
