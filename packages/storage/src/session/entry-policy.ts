import type { AccountId, Assurance } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

export interface EntryPolicy {
  readonly settings: Readonly<Record<string, unknown>>
  /** The least that a connection between the two asks for, where there is one; the way that a guest comes by. */
  readonly assurance: Assurance
}

const strictness: readonly Assurance[] = ['none', 'mfa', 'sso']

/** What an account, and a connection with the home of whoever enters, ask of a session. */
export async function readEntryPolicy(tx: Tx, account: AccountId, home: AccountId): Promise<EntryPolicy> {
  const { rows } = await sql<{ settings: Record<string, unknown>; assurance: Assurance | null }>`
    select a.settings, c.assurance
      from accounts a
      left join connections c on c.account_id = a.id and c.guest_account_id = ${home} and c.status = 'active'
     where a.id = ${account}`.execute(tx)
  const asked = rows.map(({ assurance }) => strictness.indexOf(assurance ?? 'none'))
  return { settings: rows[0]?.settings ?? {}, assurance: strictness[Math.max(0, ...asked)] ?? 'none' }
}
