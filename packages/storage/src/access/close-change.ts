import type { AccountId, EventContent } from '@keyholder/core'
import { sql } from 'kysely'
import { continueLogs, type LogHeads } from '../audit/continue-logs.ts'
import type { Tx } from '../database/transaction.ts'
import type { Mail } from '../outbox/outbox.ts'
import type { Move } from './journal.ts'

/** What a change leaves behind it, beside its rows. */
export interface Closing {
  /** Each account at most once. */
  readonly moves?: readonly Move[]
  readonly events?: readonly EventContent[]
  /** Where the accounts' logs ended when they were locked. */
  readonly heads?: LogHeads
  readonly mails?: readonly Mail[]
}

/**
 * Moves accounts on, continues their logs, posts mails and tells every node when the transaction is committed, all in
 * one round trip; returns the revisions that the accounts are at from then on.
 *
 * The accounts have to be held. Throws where one is not in this transaction's scope; where a log has gone on since the
 * head that is given, its next place is taken.
 */
export async function closeChange(
  tx: Tx,
  { moves = [], events = [], heads = new Map(), mails = [] }: Closing,
): Promise<ReadonlyMap<AccountId, number>> {
  const { entries, ends } = continueLogs(heads, events)
  const moving = new Set(moves.map(({ account }) => account))
  const accounts = [...new Set([...moving, ...ends.keys()])]
  if (accounts.length + mails.length === 0) return new Map()

  const steps = accounts.map((account) => ({
    account,
    moves: moving.has(account) ? 1 : 0,
    ...ends.get(account),
  }))
  const { rows } = await sql<{ account: AccountId; revision: number }>`
    with step as (
      update accounts a
         set revision = a.revision + x.moves,
             event_seq = coalesce(x.sequence, a.event_seq), event_link = coalesce(x.link, a.event_link)
        from json_to_recordset(${JSON.stringify(steps)})
          as x (account text, moves int, sequence bigint, link text)
       where a.id = x.account
      returning a.id as account, a.revision, x.moves),
    kept as (
      insert into changes (account_id, revision, changes)
      select account, step.revision, x.changes
        from json_to_recordset(${JSON.stringify(moves)}) as x (account text, changes json)
        join step using (account)),
    logged as (
      insert into events (account_id, seq, content, hash, link)
      select account, sequence, content, hash, link
        from json_to_recordset(${JSON.stringify(entries)})
          as x (account text, sequence bigint, content text, hash text, link text)),
    posted as (
      insert into outbox (id, account_id, kind, recipient, payload)
      select id, account, 'mail', recipient, payload
        from json_to_recordset(${JSON.stringify(mails)}) as x (id text, account text, recipient text, payload jsonb)
          on conflict (id) do nothing)
    select account, revision,
           case when moves > 0 then pg_notify('keyholder_changes', account || ':' || revision) end
      from step`.execute(tx)
  if (rows.length !== accounts.length) {
    throw new Error(`one of ${accounts.join(', ')} is not there or not in this transaction's scope`)
  }
  return new Map(rows.map(({ account, revision }) => [account, revision]))
}
