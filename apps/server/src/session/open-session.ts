import {
  sessionOver,
  type AccountId,
  type Email,
  type Session,
  type SessionId,
  type SignInPolicy,
  type UserId,
} from '@keyholder/core'
import {
  endSession,
  findSession,
  touchSession,
  transaction,
  type Database,
  type FoundSession,
  type Tx,
} from '@keyholder/storage'
import { ssoDemand } from './sso-demand.ts'
import { policyOf } from './policy-of.ts'
import { secretHash } from '../http/secret-token.ts'

/** A session that has not ended, and whose it is. */
export interface OpenSession {
  readonly id: SessionId
  readonly user: UserId
  readonly home: AccountId
  readonly email: Email
  readonly state: Session
  readonly holdsToken: boolean
  readonly homePolicy: SignInPolicy
  /** The moment of the request, in milliseconds since 1970, by the database's clock. */
  readonly at: number
}

/** Whether somebody is in by another way than the one that their home lets them in by as it is now. */
async function goesRoundSso(tx: Tx, found: FoundSession, homePolicy: SignInPolicy): Promise<boolean> {
  const { session, user, home } = found
  if (!homePolicy.ssoRequired || session.firstFactor === 'sso' || session.pending) return false
  return (await ssoDemand(tx, { user, home, homePolicy })).kind !== 'nothing'
}

/**
 * The session that a cookie is of, unless it has ended: by the policy of the person's home as it is now, or because
 * the person may nothing any more.
 *
 * It is looked up anew at every request, so that what ends it is seen by the next one on every node.
 */
export function openSession(
  db: Database,
  token: string,
  { counts }: { readonly counts: boolean },
): Promise<OpenSession | undefined> {
  return transaction(db, 'deployment', async (tx) => {
    const found = await findSession(tx, secretHash(token))
    if (!found?.isActive) return undefined

    const { session, homeSettings, isActive: _, ...rest } = found
    const homePolicy = policyOf(homeSettings)
    if (sessionOver(session, homePolicy, found.at) || (await goesRoundSso(tx, found, homePolicy))) {
      await endSession(tx, found.user, found.id)
      return undefined
    }
    if (counts) await touchSession(tx, found.id)
    return { ...rest, state: session, homePolicy }
  })
}
