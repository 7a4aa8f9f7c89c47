import { closeChange, lockAccounts, transaction, type Database } from '@keyholder/storage'
import type { EventContent, EventId } from '@keyholder/core'
import type { Denial } from '../http/denial.ts'
import type { NewId } from '../new-id.ts'
import { eventActor } from './event-actor.ts'

interface Deps {
  readonly db: Database
  readonly newId: NewId
}

/** Writes the event of a refused attempt; nothing else changes, the revision included. */
export async function recordDenial({ db, newId }: Deps, denial: Denial): Promise<void> {
  await transaction(db, [denial.account], async (tx) => {
    const { at, heads } = await lockAccounts(tx, [denial.account])
    const event: EventContent = {
      id: newId<EventId>('event'),
      at,
      action: denial.action,
      outcome: 'refused',
      actor: eventActor(denial.caller),
      organization: denial.organization,
      accounts: [denial.account],
      reason: denial.reason,
      request: denial.requestId,
    }
    await closeChange(tx, { events: [event], heads })
  })
}
