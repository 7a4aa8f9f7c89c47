import type { SsoConnectionId } from '@keyholder/core'
import { ssoStanding, type Tx } from '@keyholder/storage'
import type { SigningIn } from './sign-in-terms.ts'

/** What an account that requires single sign-on asks of one of its people who comes in another way. */
export type SsoDemand =
  | { readonly kind: 'nothing' }
  /** They have no identity at the provider yet, and make one theirs first. */
  | { readonly kind: 'link' }
  | { readonly kind: 'come_by'; readonly connection: SsoConnectionId }

/**
 * Superusers keep their door, with a second factor; and so does everybody while no provider is in use. A superuser whom
 * only a group of the provider's makes one has none.
 */
export async function ssoDemand(
  tx: Tx,
  { user, home, homePolicy }: Pick<SigningIn, 'user' | 'home' | 'homePolicy'>,
): Promise<SsoDemand> {
  const standing = homePolicy.ssoRequired ? await ssoStanding(tx, home, user) : undefined
  if (!standing || standing.isSuperuser) return { kind: 'nothing' }
  return standing.isLinked
    ? { kind: 'come_by', connection: standing.connection as SsoConnectionId }
    : { kind: 'link' }
}
