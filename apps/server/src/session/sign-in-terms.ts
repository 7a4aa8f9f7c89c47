import {
  needsMfa,
  type AccountId,
  type Email,
  type SignInPolicy,
  type SignInTerms,
  type UserId,
} from '@keyholder/core'
import { hasMfa, type SignInFacts, type Tx } from '@keyholder/storage'
import { policyOf } from './policy-of.ts'
import { ssoDemand } from './sso-demand.ts'

/** Somebody who signs in, and what their home asks of that. */
export interface SigningIn {
  readonly user: UserId
  readonly home: AccountId
  readonly email: Email
  readonly homePolicy: SignInPolicy
}

/** Somebody as the database knows them. */
export function signingInOf({ user, home, email, homeSettings }: SignInFacts): SigningIn {
  return { user, home, email, homePolicy: policyOf(homeSettings) }
}

/** What a person has to prove at this moment: what they hold decides together with the policy of their home. */
export async function signInTerms(tx: Tx, person: SigningIn): Promise<SignInTerms> {
  const { user, homePolicy } = person
  return {
    holdsToken: await hasMfa(tx, user),
    needsMfa: (first) => needsMfa(homePolicy, first),
    mustLinkSso: (await ssoDemand(tx, person)).kind === 'link',
  }
}
