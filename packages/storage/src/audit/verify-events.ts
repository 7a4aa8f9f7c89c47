import {
  chainStart,
  refuse,
  succeed,
  verifyChain,
  type AccountId,
  type ChainFault,
  type ChainHead,
  type Result,
} from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { eventColumns, eventOf, type EventRow } from './event-row.ts'
import { sha256 } from './sha256.ts'

const pageSize = 2_000

/**
 * Walks an account's whole log, in pages, and tells the first place at which it is not what was written: an event
 * that was edited, taken out or put in, or an end that was cut off.
 *
 * Takes a transaction with a snapshot, so that events which come meanwhile are no matter.
 */
export async function verifyEvents(tx: Tx, account: AccountId): Promise<Result<ChainHead, ChainFault>> {
  const head = await headOf(tx, account)
  let verified: ChainHead = { sequence: 0, link: chainStart }
  for (;;) {
    const page = await pageAfter(tx, account, verified.sequence)
    const isLast = page.length < pageSize
    const result = verifyChain(page.map(eventOf), sha256, verified, checkpointFor(head, page, isLast))
    if (!result.ok) return result
    verified = result.value
    if (isLast) return reaches(verified, head)
  }
}

async function headOf(tx: Tx, account: AccountId): Promise<ChainHead> {
  const { rows } = await sql<ChainHead>`
    select event_seq as sequence, event_link as link from accounts where id = ${account}`.execute(tx)
  const [head] = rows
  if (!head) throw new Error(`the account \`${account}\` is not there or not in this transaction's scope`)
  return head
}

async function pageAfter(tx: Tx, account: AccountId, sequence: number): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from events where account_id = ${account} and seq > ${sequence}
     order by seq limit ${pageSize}`.execute(tx)
  return rows
}

/** The account's row knows the newest event; it is held against the page in which that should be. */
function checkpointFor(head: ChainHead, page: readonly EventRow[], isLast: boolean): ChainHead | undefined {
  const isHere = isLast || (page.at(-1)?.seq ?? 0) >= head.sequence
  return isHere ? head : undefined
}

/** What stands after the newest event that the account knows of was put there by somebody else. */
function reaches(verified: ChainHead, head: ChainHead): Result<ChainHead, ChainFault> {
  if (verified.sequence === head.sequence) return succeed(verified)
  return refuse({ code: 'chain_broken', sequence: head.sequence + 1, reason: 'event_altered' })
}
