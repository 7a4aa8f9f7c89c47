import type { AccountId, EventId, UserId } from '@keyholder/core'
import { appendEvents, databaseTime, transaction, type Database } from '@keyholder/storage'
import type { NewId } from '../new-id.ts'

/** Tells the log of somebody's home that a stranger tried to come in as them, in a transaction of its own. */
export async function recordRefusedSignIn(
  { db, newId }: { readonly db: Database; readonly newId: NewId },
  { user, home }: { readonly user: UserId; readonly home: AccountId },
  {
    action,
    reason,
    requestId,
  }: { readonly action: string; readonly reason: string; readonly requestId: string },
): Promise<void> {
  await transaction(db, [home], async (tx) => {
    await appendEvents(tx, [
      {
        id: newId<EventId>('event'),
        at: await databaseTime(tx),
        action,
        outcome: 'refused',
        actor: { kind: 'anonymous' },
        target: { type: 'user', id: user },
        accounts: [home],
        reason,
        request: requestId,
      },
    ])
  })
}
