import type { EventContent, EventId, Json } from '@keyholder/core'
import { appendEvents, type Tx } from '@keyholder/storage'
import { commandLine } from '../change/command-line.ts'
import type { EventDraft } from '../change/change-plan.ts'
import type { ImportStep, Outstanding } from './bring-about.ts'
import { accessEvents } from './access-events.ts'
import { nameEvents } from './name-events.ts'

/** So many events go to the database at once. */
const batch = 2_000

/** Writes what an import did to an account into its log: the import itself, and each thing that it changed. */
export async function logImport(
  tx: Tx,
  outstanding: Outstanding,
  step: ImportStep,
  at: number,
): Promise<void> {
  const { said, newId } = step
  const drafts = [...nameEvents(outstanding, said.id), ...accessEvents(outstanding, step.blueprint)]
  const whole: EventDraft = {
    action: 'world.import',
    target: { type: 'account', id: said.id },
    after: counted(drafts),
  }
  const events = [whole, ...drafts].map((draft): EventContent => ({
    id: newId<EventId>('event'),
    at,
    outcome: 'done',
    actor: commandLine,
    accounts: [said.id],
    ...draft,
  }))
  for (let start = 0; start < events.length; start += batch) {
    await appendEvents(tx, events.slice(start, start + batch))
  }
}

/** How often each action was done. */
function counted(drafts: readonly EventDraft[]): Json {
  const counts: Record<string, number> = {}
  for (const { action } of drafts) counts[action] = (counts[action] ?? 0) + 1
  return counts
}
