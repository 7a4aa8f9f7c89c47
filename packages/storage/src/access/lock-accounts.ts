import type { AccountId, ChainHead } from '@keyholder/core'
import { sql } from 'kysely'
import type { LogHeads } from '../audit/continue-logs.ts'
import type { Tx } from '../database/transaction.ts'

/** An account as it stands while its row is held. */
export interface LockedAccount {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
  readonly status: 'active' | 'suspended'
  readonly revision: number
  readonly version: number
}

export interface LockedAccounts {
  /** Milliseconds since 1970 by the database's clock, after the last of the locks was had. */
  readonly at: number
  /** In the order of their ids; an account that is not there is left out. */
  readonly accounts: readonly LockedAccount[]
  /** Where their logs end. */
  readonly heads: LogHeads
}

/**
 * Holds accounts until the transaction ends, so that of two changes of one account the second sees the first.
 *
 * They are taken in the order of their ids, so that two changes of the same two accounts never wait for each other.
 * Throws where none of them is there, because whoever changes something has found its account before.
 */
export async function lockAccounts(tx: Tx, ids: readonly AccountId[]): Promise<LockedAccounts> {
  const { rows } = await sql<LockedAccount & ChainHead & { at: number }>`
    with held as materialized (
      select id, slug, name, status, revision, version, event_seq as sequence, event_link as link from accounts
       where id = any (${ids}::text[]) order by id for no key update)
    select held.*, (extract(epoch from clock_timestamp()) * 1000)::bigint as at from held order by id`.execute(
    tx,
  )
  if (rows.length === 0)
    throw new Error(`none of the accounts to hold is there: ${ids.join(', ') || 'none was named'}`)
  return {
    at: Math.max(...rows.map(({ at }) => at)),
    accounts: rows.map(({ at: _at, sequence: _sequence, link: _link, ...account }) => account),
    heads: new Map(rows.map(({ id, sequence, link }) => [id, { sequence, link }])),
  }
}
