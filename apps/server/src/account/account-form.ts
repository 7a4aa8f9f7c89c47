import type { Account } from '@keyholder/storage'
import { revisionTokens } from '../change/revision-token.ts'

/** What an account sets for itself where it has said nothing. */
const defaults = {
  mfa: 'nobody',
  idle_minutes: null,
  login_minutes: null,
  support_access: true,
  invitation_days: 30,
  sso: 'optional',
} as const

export interface Settings {
  readonly mfa: 'everyone' | 'without_sso' | 'nobody'
  readonly idle_minutes: number | null
  readonly login_minutes: number | null
  readonly support_access: boolean
  readonly invitation_days: number
  readonly sso: 'optional' | 'required'
}

/** An account's settings, whole. */
export function settingsOf({ settings }: Pick<Account, 'settings'>): Settings {
  return { ...defaults, ...(settings as Partial<Settings>) }
}

/** An account as the API shows it. */
export function accountForm(account: Account) {
  const { id, slug, name, status, certifiedProvider, revision, createdAt } = account
  return {
    id,
    slug,
    name,
    status,
    certified_provider: certifiedProvider,
    settings: settingsOf(account),
    revision: revisionTokens([{ account: id, revision }]),
    created_at: createdAt.toISOString(),
  }
}
