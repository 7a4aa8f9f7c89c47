import type { Generated } from 'kysely'
import type {
  ChallengeId,
  FirstFactor,
  MfaTokenId,
  PendingStep,
  SecondFactor,
  SessionId,
  UserId,
} from '@keyholder/core'

export interface PasswordTable {
  user_id: UserId
  hash: string
  changed_at: Generated<Date>
}

export interface MfaTokenTable {
  id: MfaTokenId
  user_id: UserId
  kind: 'totp' | 'webauthn'
  name: string
  confirmed_at: Date | null
  last_used_at: Date | null
  sealed_secret: string | null
  last_step: number | null
  credential_id: string | null
  public_key: Buffer | null
  sign_count: number | null
  transports: string[] | null
  aaguid: string | null
  backup_eligible: boolean | null
  backed_up: boolean | null
  verifies_user: boolean | null
  created_at: Generated<Date>
}

export interface RecoveryCodeTable {
  user_id: UserId
  code_hash: string
  used_at: Date | null
}

export interface SessionTable {
  id: SessionId
  token_hash: string
  user_id: UserId
  first_factor: FirstFactor
  first_factor_at: Date
  second_factor: SecondFactor | null
  second_factor_at: Date | null
  pending: PendingStep | null
  sso_connection: string | null
  started_at: Date
  signed_in_at: Date
  last_used_at: Date
  longest_gap: Generated<number>
  user_agent: string | null
  address: string | null
}

export interface OneTimeTokenTable {
  token_hash: string
  purpose: 'password_reset' | 'email_verification' | 'email_change'
  user_id: UserId
  email: string
  expires_at: Date
  created_at: Generated<Date>
}

export interface ChallengeTable {
  id: ChallengeId
  purpose: string
  challenge: string
  user_id: UserId | null
  session_id: SessionId | null
  expires_at: Date
}

export interface AttemptTable {
  bucket: string
  failures: number
  since: Date
}
