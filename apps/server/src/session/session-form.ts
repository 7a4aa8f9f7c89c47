import { freshFor, isFresh, type SessionId } from '@keyholder/core'
import { findUser, secondFactorsOf, type ListedSession, type Tx } from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { OpenSession } from './open-session.ts'
import type { Proven } from './start-session.ts'

/** A session as its own person sees it. */
export async function sessionForm(tx: Tx, { id, user, state, holdsToken, homePolicy, at }: OpenSession) {
  const person = await findUser(tx, user)
  if (!person) throw new Error('a session is of a person who is not there')
  const { firstFactor, firstFactorAt, secondFactor, secondFactorAt, pending, signedInAt } = state
  const oldest = holdsToken ? Math.min(firstFactorAt, secondFactorAt ?? 0) : firstFactorAt
  return {
    id,
    user: { id: user, email: person.email, name: person.name ?? null },
    pending: pending ?? null,
    first_factor: firstFactor,
    second_factor: secondFactor ?? null,
    second_factors: [...(await secondFactorsOf(tx, user))],
    fresh_until: isFresh(state, holdsToken, at) ? new Date(oldest + freshFor).toISOString() : null,
    ends_at: new Date(signedInAt + homePolicy.login).toISOString(),
  }
}

/** Answers with a session that has just been begun or has come further, and brings it to its browser. */
export async function answerProven(tx: Tx, { session, cookie }: Proven) {
  return answer(200, await sessionForm(tx, session), { headers: { 'set-cookie': cookie } })
}

/** A session in a list; `current` is the one that asks. */
export function listedSessionForm(current: SessionId | undefined) {
  return (session: ListedSession) => ({
    id: session.id,
    current: session.id === current,
    first_factor: session.firstFactor,
    second_factor: session.secondFactor ?? null,
    pending: session.pending ?? null,
    started_at: session.startedAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    user_agent: session.userAgent ?? null,
    address: session.address ?? null,
  })
}
