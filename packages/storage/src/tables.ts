import type {
  AttemptTable,
  ChallengeTable,
  MfaTokenTable,
  OneTimeTokenTable,
  PasswordTable,
  RecoveryCodeTable,
  SessionTable,
} from './sign-in-tables.ts'
import type {
  SsoAssertionTable,
  SsoConnectionTable,
  SsoDomainTable,
  SsoFlowTable,
  SsoIdentityTable,
  SsoRuleTable,
} from './sso-tables.ts'
import type { AccessRequestTable } from './access-request-tables.ts'
import type { OperatorTable, SupportAccessTable } from './support-tables.ts'
import type { InvitationGrantTable, InvitationGroupTable, InvitationTable } from './invitation-tables.ts'
import type { ApiKeyTable, IdempotencyKeyTable } from './key-tables.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type {
  AccountId,
  Agreement,
  Author,
  ConnectionId,
  ConnectionStatus,
  EventId,
  GrantId,
  GroupId,
  Language,
  Offer,
  OrganizationId,
  RoleId,
  SiteId,
  SupportAccessId,
  UserId,
} from '@keyholder/core'

/** A column that the database computes. */
type Computed<Value> = ColumnType<Value, never, never>
/** Written as JSON text, read as the value. */
type Json<Value extends object | null> = JSONColumnType<Value>
type NullableJson<Value extends object> = ColumnType<Value | null, string | null | undefined, string | null>

/** The schema as the migrations leave it; a test holds it against the database. */
export interface Tables {
  readonly deployment: DeploymentTable
  readonly accounts: AccountTable
  readonly account_names: AccountNameView
  readonly users: UserTable
  readonly memberships: MembershipTable
  readonly organizations: OrganizationTable
  readonly sites: SiteTable
  readonly roles: RoleTable
  readonly role_organizations: RoleOrganizationTable
  readonly groups: GroupTable
  readonly group_members: GroupMemberTable
  readonly grants: GrantTable
  readonly connections: ConnectionTable
  readonly invitations: InvitationTable
  readonly invitation_grants: InvitationGrantTable
  readonly invitation_groups: InvitationGroupTable
  readonly api_keys: ApiKeyTable
  readonly events: EventTable
  readonly outbox: OutboxTable
  readonly changes: ChangeTable
  readonly idempotency_keys: IdempotencyKeyTable
  readonly sso_connections: SsoConnectionTable
  readonly sso_domains: SsoDomainTable
  readonly sso_rules: SsoRuleTable
  readonly sso_identities: SsoIdentityTable
  readonly sso_flows: SsoFlowTable
  readonly sso_assertions: SsoAssertionTable
  readonly passwords: PasswordTable
  readonly mfa_tokens: MfaTokenTable
  readonly recovery_codes: RecoveryCodeTable
  readonly sessions: SessionTable
  readonly one_time_tokens: OneTimeTokenTable
  readonly challenges: ChallengeTable
  readonly attempts: AttemptTable
  readonly operators: OperatorTable
  readonly access_requests: AccessRequestTable
  readonly support_accesses: SupportAccessTable
}

interface Versioned {
  version: Generated<number>
  created_at: Generated<Date>
}

interface Bounded {
  starts_at: Date | null
  ends_at: Date | null
}

interface DeploymentTable {
  only_one: Generated<boolean>
  id: string
  blueprint: Json<object>
  blueprint_hash: string
  cursor_secret: Buffer
  sealing_keys: Generated<string[]>
  created_at: Generated<Date>
}

export interface AccountTable extends Versioned {
  id: AccountId
  slug: string
  name: string
  status: Generated<'active' | 'suspended'>
  certified_provider: Generated<boolean>
  settings: ColumnType<Record<string, unknown>, string | undefined, string>
  licence: ColumnType<Record<string, unknown>, string | undefined, string>
  entity: ColumnType<Record<string, unknown>, string | undefined, string>
  revision: Generated<number>
  event_seq: Generated<number>
  event_link: Generated<string>
}

interface AccountNameView {
  id: Computed<AccountId>
  slug: Computed<string>
  name: Computed<string>
  status: Computed<'active' | 'suspended'>
  certified_provider: Computed<boolean>
}

export interface UserTable extends Versioned {
  id: UserId
  home_account_id: AccountId
  email: string
  name: string | null
  external_id: string | null
  language: Generated<Language>
  sort_name: string
  search_text: string
  verified_at: Date | null
}

interface MembershipTable extends Versioned {
  account_id: AccountId
  user_id: UserId
  home_account_id: AccountId
  kind: Computed<'home' | 'external'>
  status: Generated<'active' | 'suspended'>
  email: Computed<string>
  sort_name: Computed<string>
  search_text: Computed<string>
  verified: Computed<boolean>
  default_roles: Computed<RoleId[]>
  default_bounded: Computed<boolean>
  has_mfa: Computed<boolean>
  last_seen_at: Date | null
}

interface OrganizationTable extends Versioned {
  account_id: AccountId
  id: OrganizationId
  key: string
  name: string
  sort_name: string
  assets: Generated<number>
}

interface SiteTable extends Versioned {
  account_id: AccountId
  id: SiteId
  organization_id: OrganizationId
  key: string
  name: string
  sort_name: string
}

interface RoleTable extends Versioned {
  account_id: AccountId
  id: RoleId
  key: string
  name: string
  canonical_key: string
  canonical_name: string
  description: Generated<string>
  permissions: string[]
  bound: Generated<boolean>
}

interface RoleOrganizationTable {
  account_id: AccountId
  role_id: RoleId
  organization_id: OrganizationId
}

interface GroupTable extends Versioned {
  account_id: AccountId
  id: GroupId
  key: string
  name: string
  sort_name: string
  kind: 'manual' | 'sso'
  description: Generated<string>
}

interface GroupMemberTable {
  account_id: AccountId
  group_id: GroupId
  member_id: Computed<UserId | ConnectionId>
  user_id: UserId | null
  connection_id: ConnectionId | null
  added_at: Generated<Date>
}

interface GrantTable extends Versioned, Bounded {
  account_id: AccountId
  id: GrantId
  user_id: UserId | null
  group_id: GroupId | null
  connection_id: ConnectionId | null
  builtin_role: RoleId | null
  role_id: RoleId | null
  role: Computed<RoleId | null>
  organization_id: OrganizationId | null
}

export interface ConnectionTable extends Versioned, Bounded {
  account_id: AccountId
  id: ConnectionId
  guest_account_id: AccountId
  maximum_builtin: RoleId | null
  maximum_role_id: RoleId | null
  delegates_group_id: GroupId | null
  status: ConnectionStatus
  assurance: Generated<'none' | 'mfa' | 'sso'>
  extension: number | null
  purpose: string | null
  message: string | null
  proposed_by: NullableJson<Author>
  proposed_at: Generated<Date>
  offer: NullableJson<Offer>
  ended: NullableJson<NonNullable<Agreement['ended']>>
  last_used_at: Date | null
}

interface EventTable {
  account_id: AccountId
  seq: number
  content: string
  hash: string
  link: string
  id: Computed<EventId>
  at: Computed<Date>
  action: Computed<string>
  outcome: Computed<'done' | 'refused'>
  actor_id: Computed<string>
  target_type: Computed<string | null>
  target_id: Computed<string | null>
  organization_id: Computed<OrganizationId | null>
  connection_id: Computed<ConnectionId | null>
  other_account_id: Computed<AccountId | null>
  support_access_id: Computed<SupportAccessId | null>
}

interface OutboxTable {
  id: string
  account_id: AccountId
  kind: 'mail'
  recipient: string
  payload: Json<object>
  created_at: Generated<Date>
  sent_at: Date | null
  attempts: Generated<number>
  last_error: string | null
  due_at: Generated<Date>
  failed_at: Date | null
}

interface ChangeTable {
  account_id: AccountId
  revision: number
  changes: Json<object>
  at: Generated<Date>
}
