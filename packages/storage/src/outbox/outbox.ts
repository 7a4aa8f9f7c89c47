import type { AccountId, Json } from '@keyholder/core'
import { sql } from 'kysely'
import { closeChange } from '../access/close-change.ts'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'

/** A mail that leaves when the transaction that wrote it is committed, and only then. */
export interface Mail {
  /** The same id again is the same mail. */
  readonly id: string
  readonly account: AccountId
  readonly recipient: string
  readonly payload: Json
}

/** A mail to be sent, and how often that was tried. */
export interface WaitingMail extends Mail {
  readonly attempts: number
  readonly createdAt: Date
}

export async function saveMails(tx: Tx, mails: readonly Mail[]): Promise<void> {
  await closeChange(tx, { mails })
}

/** Takes the oldest unsent mails; another node that asks at the same time is given others. */
export async function takeMails(tx: Tx, limit: number): Promise<readonly WaitingMail[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'account_id', 'recipient', 'payload', 'attempts', 'created_at'])
    .where('sent_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(({ account_id, created_at, payload, ...row }) => ({
    ...row,
    account: account_id,
    payload: payload as Json,
    createdAt: created_at,
  }))
}

export async function markMailSent(tx: Tx, id: string): Promise<void> {
  await sql`
    update outbox set sent_at = now(), attempts = attempts + 1, last_error = null where id = ${id}`.execute(
    tx,
  )
}

export async function markMailFailed(tx: Tx, id: string, error: string): Promise<void> {
  await sql`update outbox set attempts = attempts + 1, last_error = ${error} where id = ${id}`.execute(tx)
}

/** A mail, whether it has left or not. */
export interface StoredMail extends WaitingMail {
  readonly lastError?: string | undefined
  readonly sentAt?: Date | undefined
}

export interface MailFilter {
  readonly account?: AccountId | undefined
  readonly recipient?: string | undefined
  readonly isSent?: boolean | undefined
}

const orders: Orders = { created_at: { by: 'created_at', type: 'timestamptz' } }

/** A page of the outbox. Links in it are secrets, so this is for the deployment's owner alone. */
export async function listMails(
  tx: Tx,
  { account, recipient, isSent }: MailFilter,
  request: PageRequest,
): Promise<Page<StoredMail>> {
  const query = tx
    .selectFrom('outbox')
    .selectAll()
    .where(
      allOf(
        account && sql`account_id = ${account}`,
        recipient && sql`recipient = ${recipient}`,
        isSent !== undefined && (isSent ? sql`sent_at is not null` : sql`sent_at is null`),
      ),
    )
  const page = await readPage(query, orders, 'id', request)
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      account: row.account_id,
      recipient: row.recipient,
      payload: row.payload as Json,
      attempts: row.attempts,
      createdAt: row.created_at,
      lastError: row.last_error ?? undefined,
      sentAt: row.sent_at ?? undefined,
    })),
  }
}
