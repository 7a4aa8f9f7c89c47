import {
  freshFor,
  refuse,
  succeed,
  type AccountIndex,
  type Result,
  type SsoConnectionId,
  type UserId,
} from '@keyholder/core'
import { findSession, findSsoIdentity, ssoIdentitiesOf, type SsoIdentity, type Tx } from '@keyholder/storage'
import type { OpenSession } from '../../session/open-session.ts'
import { secretHash } from '../../http/secret-token.ts'
import type { Arrival } from './arrival.ts'
import { findNewcomer, type Newcomer } from './newcomer.ts'
import type { SsoFault } from './sso-fault.ts'

/** Whose arrival it is. */
export type Recognised =
  | { readonly who: 'known'; readonly user: UserId; readonly identity: SsoIdentity }
  | { readonly who: 'newcomer'; readonly newcomer: Newcomer }
  /** Somebody with a session here, whom the subject is to belong to from now on. */
  | { readonly who: 'linking'; readonly user: UserId }

/** The account as it stands, and the session that the browser carries. */
export interface Place {
  readonly index: AccountIndex
  readonly open: OpenSession | undefined
  /** Database time, in milliseconds since 1970. */
  readonly at: number
}

/**
 * Whose arrival it is, by connection and subject and by nothing else.
 *
 * Takes a transaction of the whole deployment.
 */
export async function recognise(
  tx: Tx,
  arrival: Arrival,
  place: Place,
): Promise<Result<Recognised, SsoFault>> {
  const { connection, flow, identity } = arrival
  if (flow.intent !== 'sign_in' && !(await isStillThere(tx, arrival, place.open))) {
    return refuse({ reason: 'other_session' })
  }

  const known = await findSsoIdentity(tx, connection.id, identity.subject)
  if (known) return isToBeLetIn(arrival, place, known)
  if (flow.intent === 'prove') return refuse({ reason: 'other_person' })
  if (flow.intent === 'link' && place.open) return linkable(tx, connection.id, place.open.user)
  const newcomer = await findNewcomer(tx, connection.account, identity)
  return newcomer.ok ? succeed({ who: 'newcomer', newcomer: newcomer.value }) : newcomer
}

/** Whether the browser carries the session that it was sent away with, at home in the connection's account. */
async function isStillThere(
  tx: Tx,
  { connection, flow, browser }: Arrival,
  open: OpenSession | undefined,
): Promise<boolean> {
  if (open === undefined || open.id !== flow.session || open.home !== connection.account) return false
  return (await findSession(tx, secretHash(browser.sessionToken ?? '')))?.id === open.id
}

function isToBeLetIn(
  { flow, identity }: Arrival,
  { index, open, at }: Place,
  known: SsoIdentity,
): Result<Recognised, SsoFault> {
  const member = index.member(known.user)
  if (member?.kind !== 'home' || member.status !== 'active') return refuse({ reason: 'person_inactive' })
  if (flow.intent !== 'sign_in' && open?.user !== known.user) return refuse({ reason: 'other_person' })

  const { authenticatedAt } = identity
  const isOld = authenticatedAt !== undefined && at - authenticatedAt.getTime() > freshFor
  if (flow.intent === 'prove' && isOld) return refuse({ reason: 'not_proven_anew' })
  return succeed({ who: 'known', user: known.user, identity: known })
}

async function linkable(
  tx: Tx,
  connection: SsoConnectionId,
  user: UserId,
): Promise<Result<Recognised, SsoFault>> {
  const held = await ssoIdentitiesOf(tx, user)
  const isLinked = held.some((identity) => identity.connection === connection)
  return isLinked ? refuse({ reason: 'already_linked' }) : succeed({ who: 'linking', user })
}
