import type {
  AccessRequestId,
  AccountId,
  GrantId,
  KeyId,
  OrganizationId,
  RequestSettlement,
  UserId,
} from '@keyholder/core'
import type { Generated } from 'kysely'

export interface AccessRequestTable {
  account_id: AccountId
  id: AccessRequestId
  user_id: UserId
  organization_id: OrganizationId | null
  words: string | null
  message: string
  settled: RequestSettlement['state'] | null
  settled_at: Date | null
  settled_by: UserId | KeyId | null
  answer: string | null
  grant_id: GrantId | null
  created_at: Generated<Date>
}
