import type { AccountId, RoleId, SsoConnectionId } from '../id.ts'

/** A customer's identity provider, as far as nothing of it is secret. */
export type SsoProvider =
  | {
      readonly kind: 'oidc'
      /** To the letter as the provider calls itself. */
      readonly issuer: string
      readonly clientId: string
      /** Asked for besides `openid`, `email` and `profile`. */
      readonly scopes: readonly string[]
    }
  | {
      readonly kind: 'saml'
      readonly entityId: string
      /** Where a browser is sent with a request. */
      readonly signOnUrl: string
      /** Those that it may sign with, as PEM. */
      readonly certificates: readonly string[]
      readonly wantsSignedRequests: boolean
    }

/** One account's way to let its people in by their own identity provider. */
export interface SsoConnection {
  readonly id: SsoConnectionId
  readonly account: AccountId
  readonly name: string
  readonly status: 'active' | 'disabled'
  readonly provider: SsoProvider
  /** What somebody gets over the whole account who comes for the first time; left out for no access. */
  readonly defaultRole?: RoleId | undefined
}

/** What somebody went to their identity provider for. */
export type SsoIntent =
  | 'sign_in'
  /** Makes an identity there one's own, who is signed in here already. */
  | 'link'
  /** Proves anew, within a session, who one is. */
  | 'prove'
