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

export async function saveMails(tx: Tx, mails: readonly Mail[]): Promise<void> {
  await closeChange(tx, { mails })
}

/** A mail, whether it has left or not. */
export interface StoredMail extends Mail {
  readonly state: MailState
  /** How often it was tried. */
  readonly attempts: number
  readonly createdAt: Date
  readonly lastError?: string | undefined
  readonly sentAt?: Date | undefined
  /** When it was given up. */
  readonly failedAt?: Date | undefined
}

export type MailState = 'waiting' | 'sent' | 'failed'

export interface MailFilter {
  readonly account?: AccountId | undefined
  readonly recipient?: string | undefined
  readonly state?: MailState | undefined
}

const hasState = {
  waiting: sql`sent_at is null and failed_at is null`,
  sent: sql`sent_at is not null`,
  failed: sql`failed_at is not null`,
} satisfies Record<MailState, unknown>

const orders: Orders = { created_at: { by: 'created_at', type: 'timestamptz' } }

/** A page of the outbox. Links in it are secrets, so this is for the deployment's owner alone. */
export async function listMails(
  tx: Tx,
  { account, recipient, state }: MailFilter,
  request: PageRequest,
): Promise<Page<StoredMail>> {
  const query = tx
    .selectFrom('outbox')
    .selectAll()
    .where(
      allOf(
        account && sql`account_id = ${account}`,
        recipient && sql`recipient = ${recipient}`,
        state && hasState[state],
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
      state: row.sent_at ? 'sent' : row.failed_at ? 'failed' : 'waiting',
      sentAt: row.sent_at ?? undefined,
      failedAt: row.failed_at ?? undefined,
    })),
  }
}
