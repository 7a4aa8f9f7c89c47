import { readClaims, refuse, succeed, type Result } from '@keyholder/core'
import { isSubject, type AssertedIdentity } from '../asserted-identity.ts'
import type { OidcRefusal } from './oidc-refusal.ts'

type Claims = Readonly<Record<string, unknown>>

/**
 * Reads who signed in from the verified token and from what the provider tells besides; the token has the last word.
 *
 * The address and whether it is verified come from the same place, never one from each. Verified is `true`, and nothing
 * that merely looks like it.
 */
export function readOidcIdentity(token: Claims, userInfo: Claims): Result<AssertedIdentity, OidcRefusal> {
  if (!isSubject(token['sub'])) return refuse({ code: 'sso_refused', reason: 'subject' })

  const claims = { ...userInfo, ...token }
  const address = token['email'] === undefined ? userInfo : token
  return succeed({
    subject: token['sub'],
    email: text(address['email']),
    emailVerified: address['email_verified'] === true && text(address['email']) !== undefined,
    name: text(claims['name']) ?? fullName(claims),
    attributes: readClaims(claims),
    authenticatedAt: moment(token['auth_time']),
    methods: methodsOf(token),
  })
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : undefined
}

function fullName(claims: Claims): string | undefined {
  const parts = [text(claims['given_name']), text(claims['family_name'])].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : undefined
}

function moment(claim: unknown): Date | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? new Date(claim * 1000) : undefined
}

/** Only of the token: how somebody proved who they are is nothing to be told unsigned. */
function methodsOf(token: Claims): readonly string[] {
  const amr: readonly unknown[] = Array.isArray(token['amr']) ? token['amr'] : []
  return [...amr, token['acr']].filter((method): method is string => typeof method === 'string')
}
