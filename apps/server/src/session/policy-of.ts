import { defaultSignInPolicy, type SignInPolicy } from '@keyholder/core'

const minute = 60_000

/** The sign-in policy in an account's settings; what it has not set is the deployment's default. */
export function policyOf(settings: Readonly<Record<string, unknown>>): SignInPolicy {
  const { mfa, idle_minutes: idle, login_minutes: login, sso } = settings
  return {
    mfa: (mfa as SignInPolicy['mfa'] | undefined) ?? defaultSignInPolicy.mfa,
    idle: typeof idle === 'number' ? idle * minute : defaultSignInPolicy.idle,
    login: typeof login === 'number' ? login * minute : defaultSignInPolicy.login,
    ssoRequired: sso === 'required',
  }
}
