import type { AccountId, EventId, SessionId, UserId } from '@keyholder/core'
import { appendEvents, databaseTime, endSession, endSessionsOf, type Tx } from '@keyholder/storage'
import { eventActor } from '../change/event-actor.ts'
import type { Caller } from '../http/caller.ts'
import type { NewId } from '../new-id.ts'

interface Deps {
  readonly newId: NewId
}

/** Whose sessions end, and by whose hand. */
interface Ending {
  readonly caller: Caller
  readonly requestId: string
  readonly user: UserId
  readonly home: AccountId
}

/** Ends one session of a person, with its event; tells whether there was one. */
export async function endOne(tx: Tx, deps: Deps, ending: Ending, session: SessionId): Promise<boolean> {
  if (!(await endSession(tx, ending.user, session))) return false
  await tell(tx, deps, ending, [session])
  return true
}

/** Ends every session of a person, or every other one than this; tells how many there were. */
export async function endAll(tx: Tx, deps: Deps, ending: Ending, except?: SessionId): Promise<number> {
  const ended = await endSessionsOf(tx, ending.user, except)
  await tell(tx, deps, ending, ended)
  return ended.length
}

async function tell(
  tx: Tx,
  { newId }: Deps,
  { caller, requestId, home }: Ending,
  sessions: readonly SessionId[],
): Promise<void> {
  if (sessions.length === 0) return
  const at = await databaseTime(tx)
  await appendEvents(
    tx,
    sessions.map((id) => ({
      id: newId<EventId>('event'),
      at,
      action: 'session.end',
      outcome: 'done' as const,
      actor: eventActor(caller),
      target: { type: 'session', id },
      accounts: [home],
      request: requestId,
    })),
  )
}
