import type { EventId } from '@keyholder/core'
import { appendEvents, databaseTime, transaction, type Database } from '@keyholder/storage'
import { eventActor } from '../change/event-actor.ts'
import type { NewId } from '../new-id.ts'
import type { SteppingUp } from './answer-step-up.ts'

/** Tells the log of the person's home that something was proven wrongly, in a transaction of its own. */
export async function recordRefusedProof(
  { db, newId }: { readonly db: Database; readonly newId: NewId },
  { caller, requestId }: SteppingUp,
  action: string,
  reason: string,
): Promise<void> {
  await transaction(db, [caller.home], async (tx) => {
    await appendEvents(tx, [
      {
        id: newId<EventId>('event'),
        at: await databaseTime(tx),
        action,
        outcome: 'refused',
        actor: eventActor(caller),
        target: { type: 'user', id: caller.user },
        accounts: [caller.home],
        reason,
        request: requestId,
      },
    ])
  })
}
