import { refuse, succeed, type Result } from '@keyholder/core'
import { authorizationCodeGrant, fetchUserInfo, type Configuration, type IDToken } from 'openid-client'
import type { AssertedIdentity } from '../asserted-identity.ts'
import { clientOf, type ClientSurroundings } from './client-of.ts'
import type { ProviderMetadata } from './discover.ts'
import type { OidcFlow } from './oidc-flow.ts'
import { clockTolerance, type OidcProvider } from './oidc-provider.ts'
import type { OidcRefusal } from './oidc-refusal.ts'
import { readOidcIdentity } from './read-oidc-identity.ts'
import { refusalOf } from './refusal-of.ts'

/** A browser that came back, and what it had been sent away with. */
export interface OidcCallback {
  /** The connection for which this browser was sent away. */
  readonly connection: string
  readonly flow: OidcFlow
  readonly redirectUri: string
  /** All that stands after the `?` of the address it came back to. */
  readonly query: string
  readonly reauthenticate?: boolean | undefined
}

/**
 * Reads who signed in from the answer that a browser brought back.
 *
 * Refused is everything that is not an answer of this provider, to this browser's own request, for this client and for
 * now, signed by a key that the provider publishes at this moment.
 */
export async function finishOidc(
  provider: OidcProvider,
  metadata: ProviderMetadata,
  callback: OidcCallback,
  surroundings: ClientSurroundings,
): Promise<Result<AssertedIdentity, OidcRefusal>> {
  if (callback.connection !== provider.connection)
    return refuse({ code: 'sso_refused', reason: 'other_connection' })
  const client = clientOf(provider, metadata, surroundings)

  const tokens = await exchangeCode(client, callback)
  if (!tokens.ok) return tokens

  const { claims, accessToken } = tokens.value
  const fault = claimFault(claims, provider, surroundings.now)
  if (fault !== undefined) return refused(fault)

  const more =
    metadata.userinfo_endpoint === undefined
      ? succeed({})
      : await askUserInfo(client, accessToken, claims.sub)
  return more.ok ? readOidcIdentity(claims, more.value) : more
}

async function exchangeCode(
  client: Configuration,
  callback: OidcCallback,
): Promise<Result<{ readonly claims: IDToken; readonly accessToken: string }, OidcRefusal>> {
  const came = new URL(callback.redirectUri)
  came.search = callback.query
  try {
    const tokens = await authorizationCodeGrant(client, came, {
      expectedState: callback.flow.state,
      expectedNonce: callback.flow.nonce,
      pkceCodeVerifier: callback.flow.codeVerifier,
      idTokenExpected: true,
      ...(callback.reauthenticate ? { maxAge: 0 } : {}),
    })
    const claims = tokens.claims()
    return claims ? succeed({ claims, accessToken: tokens.access_token }) : refused('there is no token')
  } catch (error) {
    return refuse(refusalOf(error, 'token'))
  }
}

/** What the library leaves open: it looks at `azp` only beside several audiences, and at `iat` only for its type. */
function claimFault(claims: IDToken, provider: OidcProvider, now: Date): string | undefined {
  if (claims.azp !== undefined && claims.azp !== provider.clientId) return 'held by another client'
  return claims.iat > now.getTime() / 1000 + clockTolerance ? 'issued in the future' : undefined
}

/** Many providers tell e-mail and groups only here. */
async function askUserInfo(
  client: Configuration,
  accessToken: string,
  subject: string,
): Promise<Result<Readonly<Record<string, unknown>>, OidcRefusal>> {
  try {
    return succeed(await fetchUserInfo(client, accessToken, subject))
  } catch (error) {
    return refuse(refusalOf(error, 'userinfo'))
  }
}

function refused(detail: string) {
  return refuse<OidcRefusal>({ code: 'sso_refused', reason: 'token', detail })
}
