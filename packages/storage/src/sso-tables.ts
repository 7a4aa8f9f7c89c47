import type {
  AccountId,
  AttributeRule,
  GroupId,
  RoleId,
  SessionId,
  SsoConnection,
  SsoConnectionId,
  SsoIdentityId,
  SsoIntent,
  SsoProvider,
  UserId,
} from '@keyholder/core'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface SsoConnectionTable {
  account_id: AccountId
  id: SsoConnectionId
  kind: SsoProvider['kind']
  name: string
  status: Generated<SsoConnection['status']>
  provider: JSONColumnType<SsoProvider>
  sealed_secret: string | null
  default_builtin: RoleId | null
  default_role_id: RoleId | null
  version: Generated<number>
  created_at: Generated<Date>
}

export interface SsoDomainTable {
  account_id: AccountId
  domain: string
  token: string
  proven_at: Date | null
  proven_by: 'dns' | 'operator' | null
  created_at: Generated<Date>
}

export interface SsoRuleTable {
  account_id: AccountId
  connection_id: SsoConnectionId
  position: number
  attribute: string
  comparison: AttributeRule['comparison']
  value: string | null
  group_id: GroupId
}

export interface SsoIdentityTable {
  account_id: AccountId
  id: SsoIdentityId
  connection_id: SsoConnectionId
  subject: string
  user_id: UserId
  email: string | null
  created_at: Generated<Date>
  last_used_at: Date | null
}

export interface SsoFlowTable {
  secret_hash: string
  connection_id: SsoConnectionId
  intent: SsoIntent
  session_id: SessionId | null
  return_to: string
  request_id: string | null
  handle_hash: string | null
  asserted: ColumnType<object | null, string | null | undefined, string | null>
  expires_at: Date
  created_at: Generated<Date>
}

export interface SsoAssertionTable {
  connection_id: SsoConnectionId
  assertion_id: string
  expires_at: Date
}
