import type { AccountId, KeyId, UserId } from '@keyholder/core'
import type { ColumnType, Generated } from 'kysely'

export interface ApiKeyTable {
  id: KeyId
  account_id: AccountId | null
  name: string
  secret_hash: string
  hint: string
  scopes: string[]
  made_by: UserId | null
  ends_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
  version: Generated<number>
  created_at: Generated<Date>
}

export interface IdempotencyKeyTable {
  caller: string
  key: string
  account_id: AccountId | null
  request_hash: string
  status: number | null
  /** Written as JSON text, read as the value. */
  headers: ColumnType<Record<string, string> | null, string | null | undefined, string | null>
  body: string | null
  created_at: Generated<Date>
}
