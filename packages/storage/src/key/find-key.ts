import { sql } from 'kysely'
import type { AccountId, KeyId, UserId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

export interface FoundKey {
  readonly id: KeyId
  /** Left out for the deployment's own. */
  readonly account: AccountId | undefined
  readonly scopes: readonly string[]
  /** Left out where the operator made it. */
  readonly maker: { readonly user: UserId; readonly home: AccountId } | undefined
}

/** The key with this secret, unless it is revoked or its end has come by the database's clock. */
export async function findKey(tx: Tx, secretHash: string): Promise<FoundKey | undefined> {
  const row = await tx
    .selectFrom('api_keys as k')
    .leftJoin('users as u', 'u.id', 'k.made_by')
    .select(['k.id', 'k.account_id', 'k.scopes', 'k.made_by', 'u.home_account_id'])
    .where('k.secret_hash', '=', secretHash)
    .where('k.revoked_at', 'is', null)
    .where((where) => where.or([where('k.ends_at', 'is', null), where('k.ends_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst()
  if (!row) return undefined

  const { made_by: user, home_account_id: home } = row
  return {
    id: row.id,
    account: row.account_id ?? undefined,
    scopes: row.scopes,
    maker: user && home ? { user, home } : undefined,
  }
}
