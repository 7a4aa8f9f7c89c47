import type { Settings } from './account-form.ts'

/** Some settings are a matter of their own, and need a permission of their own. */
const permissionOf: Partial<Record<keyof Settings, string>> = {
  mfa: 'account.manage_sign_in',
  idle_minutes: 'account.manage_sign_in',
  login_minutes: 'account.manage_sign_in',
  support_access: 'account.manage_support',
  sso: 'account.manage_sso',
}

/** What it takes, beside changing settings at all, to change these. */
export function permissionsFor(
  settings: { readonly [Name in keyof Settings]?: unknown } | undefined,
): string[] {
  return (Object.keys(settings ?? {}) as (keyof Settings)[]).flatMap((name) => permissionOf[name] ?? [])
}
