import type { Json } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import type { Mail } from './outbox.ts'

/** A mail that one node is sending. */
export interface TakenMail extends Mail {
  /** How often it was taken, this time included. */
  readonly attempts: number
  readonly createdAt: Date
  /** The database's time, by which a mail is too old or not. */
  readonly takenAt: Date
}

interface TakenRow extends Pick<TakenMail, 'id' | 'account' | 'recipient' | 'attempts'> {
  readonly payload: Json
  readonly created_at: Date
  readonly taken_at: Date
}

/**
 * Takes mails whose time has come, the longest waiting first.
 *
 * INVARIANT: until `lease` milliseconds have passed no other node is given them, so sending has to take less. A node
 * that is gone by then has left them to the others.
 */
export async function takeMails(tx: Tx, limit: number, lease: number): Promise<readonly TakenMail[]> {
  const { rows } = await sql<TakenRow>`
    with due as materialized (
      select id from outbox
       where sent_at is null and failed_at is null and due_at <= now()
       order by due_at, id limit ${limit} for update skip locked)
    update outbox
       set attempts = attempts + 1, due_at = now() + ${lease} * interval '1 millisecond'
      from due where outbox.id = due.id
    returning outbox.id, account_id as account, recipient, payload, attempts, created_at, now() as taken_at`.execute(
    tx,
  )
  return rows.map(({ created_at, taken_at, ...row }) => ({
    ...row,
    createdAt: created_at,
    takenAt: taken_at,
  }))
}

/** A mail has left; what opens its link leaves the outbox with it. */
export async function markMailSent(tx: Tx, id: string): Promise<void> {
  await sql`
    update outbox set sent_at = now(), last_error = null, payload = ${withoutToken}
     where id = ${id} and sent_at is null and failed_at is null`.execute(tx)
}

/** A mail has not left, and is taken again after `wait` milliseconds. */
export async function postponeMail(tx: Tx, id: string, error: string, wait: number): Promise<void> {
  await sql`
    update outbox set last_error = ${error}, due_at = now() + ${wait} * interval '1 millisecond'
     where id = ${id} and sent_at is null and failed_at is null`.execute(tx)
}

/** A mail will never leave. */
export async function giveUpMail(tx: Tx, id: string, error: string): Promise<void> {
  await sql`
    update outbox set failed_at = now(), last_error = ${error}, payload = ${withoutToken}
     where id = ${id} and sent_at is null and failed_at is null`.execute(tx)
}

/** The payload with its field `token` emptied, where it has one. */
const withoutToken = sql`case when payload ? 'token' then jsonb_set(payload, '{token}', '""') else payload end`
