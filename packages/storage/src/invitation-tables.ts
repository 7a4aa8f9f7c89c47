import type {
  AccountId,
  GroupId,
  InvitationId,
  KeyId,
  Language,
  OrganizationId,
  RoleId,
  UserId,
} from '@keyholder/core'
import type { Generated } from 'kysely'

export interface InvitationTable {
  account_id: AccountId
  id: InvitationId
  kind: 'home' | 'external'
  email: string
  token_hash: string
  language: Language
  show_inviter: boolean
  subject: string | null
  body: string | null
  inviter_kind: 'person' | 'key' | 'operator'
  inviter_id: UserId | KeyId
  settled: 'accepted' | 'declined' | 'revoked' | null
  settled_at: Date | null
  settled_by: UserId | null
  sent_at: Date
  expires_at: Date
  version: Generated<number>
  created_at: Date
}

export interface InvitationGrantTable {
  account_id: AccountId
  invitation_id: InvitationId
  position: number
  builtin_role: RoleId | null
  role_id: RoleId | null
  organization_id: OrganizationId | null
  starts_at: Date | null
  ends_at: Date | null
}

export interface InvitationGroupTable {
  account_id: AccountId
  invitation_id: InvitationId
  position: number
  group_id: GroupId
}
