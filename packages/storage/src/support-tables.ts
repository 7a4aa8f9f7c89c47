import type { AccountId, SupportAccessId, SupportEnd, SupportScope, UserId } from '@keyholder/core'
import type { Generated } from 'kysely'

export interface OperatorTable {
  user_id: UserId
  added_at: Generated<Date>
}

export interface SupportAccessTable {
  account_id: AccountId
  id: SupportAccessId
  user_id: UserId
  email: string
  name: string | null
  scope: SupportScope
  reason: string
  started_at: Date
  ends_at: Date
  ended_at: Date | null
  ended_by: SupportEnd | null
}
