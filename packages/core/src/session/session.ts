/** What somebody proves themselves with first. A passkey stands for both factors at once. */
export type FirstFactor = 'password' | 'passkey' | 'sso'

export type SecondFactor = 'totp' | 'security_key' | 'recovery_code' | 'passkey'

/** What is left to do before a sign-in is one: until then it opens nothing else. */
export type PendingStep = 'second_factor' | 'set_up_mfa' | 'link_sso'

/** A sign-in as it stands; every moment is in milliseconds since 1970, by the database's clock. */
export interface Session {
  readonly firstFactor: FirstFactor
  readonly firstFactorAt: number
  readonly secondFactor?: SecondFactor | undefined
  readonly secondFactorAt?: number | undefined
  readonly pending?: PendingStep | undefined
  /** When everything was last proven. */
  readonly signedInAt: number
  readonly lastUsedAt: number
  /**
   * The longest time without use since everything was last proven, in milliseconds: an account that allows less is
   * not opened again by use in another one.
   */
  readonly longestGap: number
}

/** What has been proven at one moment. */
export type Proof =
  | { readonly first: FirstFactor; readonly second?: SecondFactor }
  | { readonly first?: undefined; readonly second: SecondFactor }

/** What a person's home asks of their sign-in. */
export interface SignInTerms {
  /** Whether the person holds a token; whoever does must use it, whatever the policy. */
  readonly holdsToken: boolean
  readonly needsMfa: (first: FirstFactor) => boolean
  /** Whether the account lets this person in by single sign-on only, and they are not linked to it yet. */
  readonly mustLinkSso?: boolean | undefined
}

/** Milliseconds for which a proof counts as fresh enough to change credentials (ASVS 7.5.1). */
export const freshFor = 600_000

/** Milliseconds within which a sign-in that was begun has to be finished. */
export const unfinishedFor = 900_000

/** Begins a session with its first proof. */
export function beginSession(
  proof: Extract<Proof, { first: FirstFactor }>,
  terms: SignInTerms,
  now: number,
): Session {
  return prove(
    { firstFactor: proof.first, firstFactorAt: now, signedInAt: now, lastUsedAt: now, longestGap: 0 },
    proof,
    terms,
    now,
  )
}

/** Takes a further proof in: of what is pending, of what a stricter account asks for, or of everything once more. */
export function prove(session: Session, proof: Proof, terms: SignInTerms, now: number): Session {
  const proven: Session = {
    ...session,
    ...(proof.first && { firstFactor: proof.first, firstFactorAt: now }),
    ...(proof.second && { secondFactor: proof.second, secondFactorAt: now }),
    lastUsedAt: now,
  }
  const next = { ...proven, pending: pendingStep(proven, terms) }
  return isFresh(next, terms.holdsToken, now) ? { ...next, signedInAt: now, longestGap: 0 } : next
}

/** Whether everything that the person can prove was proven a moment ago. */
export function isFresh(session: Session, holdsToken: boolean, now: number): boolean {
  if (session.pending) return false
  const isRecent = (at: number | undefined) => at !== undefined && now - at <= freshFor
  return isRecent(session.firstFactorAt) && (!holdsToken || isRecent(session.secondFactorAt))
}

function pendingStep(
  session: Session,
  { holdsToken, needsMfa, mustLinkSso }: SignInTerms,
): PendingStep | undefined {
  const { firstFactor, secondFactor } = session
  if (secondFactor === undefined && holdsToken) return 'second_factor'
  if (secondFactor === undefined && needsMfa(firstFactor)) return 'set_up_mfa'
  return mustLinkSso && firstFactor !== 'sso' ? 'link_sso' : undefined
}
