import type { SsoFlow, StoredSsoConnection } from '@keyholder/storage'
import type { Browser } from '../../session/browser.ts'
import type { AssertedIdentity } from '../asserted-identity.ts'

/** A browser that came back from an identity provider, and who that says it is. */
export interface Arrival {
  /** As it stood when the identity was verified. */
  readonly connection: StoredSsoConnection
  readonly flow: SsoFlow
  readonly identity: AssertedIdentity
  readonly browser: Browser
  readonly requestId: string
}
