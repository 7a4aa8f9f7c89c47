import { refuse, succeed, type Result } from '@keyholder/core'
import { allowInsecureRequests, customFetch, discovery, type ServerMetadata } from 'openid-client'
import type { Outside } from '../../outgoing/outside.ts'
import { acceptedAlgorithms } from './oidc-provider.ts'
import type { OidcRefusal } from './oidc-refusal.ts'
import { outsideFetch } from './outside-fetch.ts'
import { refusalOf } from './refusal-of.ts'

/** What a provider says of itself, as far as it is used. */
export type ProviderMetadata = {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly userinfo_endpoint?: string
  readonly authorization_response_iss_parameter_supported: boolean
  readonly token_endpoint_auth_methods_supported?: string[]
  readonly id_token_signing_alg_values_supported: string[]
  readonly userinfo_signing_alg_values_supported: string[]
}

/**
 * Asks a provider what it offers.
 *
 * Refused is one that calls itself anything but the issuer to the letter, lacks an address that signing in needs, or
 * signs with nothing that is accepted.
 */
export async function discoverProvider(
  outside: Outside,
  issuer: string,
): Promise<Result<ProviderMetadata, OidcRefusal>> {
  if (!URL.canParse(issuer)) return refused('the issuer is no address')
  try {
    const config = await discovery(new URL(issuer), 'keyholder', undefined, undefined, {
      [customFetch]: outsideFetch(outside),
      execute: withoutTls(issuer) ? [allowInsecureRequests] : [],
    })
    return usable(config.serverMetadata(), issuer)
  } catch (error) {
    return refuse(refusalOf(error, 'discovery'))
  }
}

/** Only the operator's own machine is ever asked without TLS, which the way outside sees to. */
export function withoutTls(issuer: string): boolean {
  return issuer.startsWith('http:')
}

function usable(said: Readonly<ServerMetadata>, issuer: string): Result<ProviderMetadata, OidcRefusal> {
  if (said.issuer !== issuer) return refused('the provider calls itself differently')

  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = said
  const methods = said.token_endpoint_auth_methods_supported
  const isUsable = (address: unknown): address is string => isAddress(address, issuer)
  if (!isUsable(authorization_endpoint) || !isUsable(token_endpoint) || !isUsable(jwks_uri)) {
    return refused('an address is missing or cannot be used')
  }
  if (userinfo_endpoint !== undefined && !isUsable(userinfo_endpoint)) {
    return refused('an address cannot be used')
  }
  const algorithms = accepted(said.id_token_signing_alg_values_supported ?? acceptedAlgorithms)
  if (algorithms.length === 0) return refused('no algorithm is accepted')

  return succeed({
    issuer,
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    ...(userinfo_endpoint === undefined ? {} : { userinfo_endpoint }),
    authorization_response_iss_parameter_supported:
      said.authorization_response_iss_parameter_supported === true,
    ...(Array.isArray(methods) ? { token_endpoint_auth_methods_supported: methods } : {}),
    id_token_signing_alg_values_supported: algorithms,
    userinfo_signing_alg_values_supported: accepted(said.userinfo_signing_alg_values_supported),
  })
}

function isAddress(text: unknown, issuer: string): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  const { protocol } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && withoutTls(issuer))
}

function accepted(offered: unknown): string[] {
  const names: readonly unknown[] = Array.isArray(offered) ? offered : []
  return acceptedAlgorithms.filter((name) => names.includes(name))
}

function refused(detail: string) {
  return refuse<OidcRefusal>({ code: 'sso_refused', reason: 'discovery', detail })
}
