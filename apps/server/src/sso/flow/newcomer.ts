import { normaliseEmail, refuse, succeed, type AccountId, type Email, type Result } from '@keyholder/core'
import { findUserByEmail, ownerOfDomain, type Tx } from '@keyholder/storage'
import type { AssertedIdentity } from '../asserted-identity.ts'
import { domainOfEmail } from '../domain/read-domain.ts'
import type { SsoFault } from './sso-fault.ts'

/** Somebody of whom nobody knew yet, as they are written down. */
export interface Newcomer {
  readonly email: Email
  readonly name: string | undefined
  /** Whether the provider says that the address is theirs; it is in a domain of the account's own in any case. */
  readonly verified: boolean
}

/**
 * Whether a subject that nobody is linked to may become a new user.
 *
 * INVARIANT: an address that has a login is never taken over: whoever it is signs in there and links, or stays out
 * (T17). Takes a transaction of the whole deployment.
 */
export async function findNewcomer(
  tx: Tx,
  account: AccountId,
  { email: told, emailVerified, name }: AssertedIdentity,
): Promise<Result<Newcomer, SsoFault>> {
  const email = normaliseEmail(told ?? '')
  if (!email.ok) return refuse({ reason: 'email_missing' })
  const domain = domainOfEmail(email.value)
  const isOwn = domain !== undefined && (await ownerOfDomain(tx, domain)) === account
  if (!isOwn) return refuse({ reason: 'domain_unproven' })

  if (await findUserByEmail(tx, email.value))
    return refuse({ reason: 'link_needed', error: 'sso_link_needed' })
  return succeed({ email: email.value, name: plainName(name), verified: emailVerified })
}

/** One line that shows what it is; what an identity provider calls people is not ours to trust. */
function plainName(name: string | undefined): string | undefined {
  const plain = (name ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .replace(/[\p{Cs}\s]+$/u, '')
  return plain === '' ? undefined : plain
}
