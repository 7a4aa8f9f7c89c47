import type { EventContent, EventId } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import { appendEvents, saveMails, touchConnection, writeChanges } from '@keyholder/storage'
import type { ChangeCall } from './change-call.ts'
import type { AccountChanges, ChangePlan, EventDraft } from './change-plan.ts'
import { eventActor } from './event-actor.ts'
import type { AccountRevision } from './revision-token.ts'
import type { Scene } from './scene.ts'

/** Changes that are written, under the revision that they got. */
export type Written = AccountRevision & AccountChanges

/** Writes everything that a plan holds, and returns the revisions that came of it. */
export async function writePlan<E extends Endpoint>(
  scene: Scene,
  call: ChangeCall<E>,
  plan: ChangePlan<E>,
): Promise<readonly Written[]> {
  const { tx, directory, delegation } = scene
  await plan.before?.(tx)
  const written: Written[] = []
  for (const { account, changes, moves } of plan.access ?? []) {
    if (changes.length === 0 && !moves) continue
    const revision = await writeChanges(tx, directory.blueprint, account, changes)
    written.push({ account, revision, changes })
  }
  await plan.rows?.(tx)
  await appendEvents(
    tx,
    plan.events.map((draft) => eventContent(scene, call, draft)),
  )
  await saveMails(tx, plan.mails ?? [])
  if (delegation) await touchConnection(tx, delegation.connection)
  return written
}

function eventContent(scene: Scene, call: ChangeCall, draft: EventDraft): EventContent {
  const { at, caller, delegation, newId } = scene
  const accounts = draft.accounts ?? (call.account ? [call.account.id] : [])
  return {
    id: newId<EventId>('event'),
    at,
    outcome: 'done',
    actor: eventActor(caller, delegation?.connection),
    request: call.requestId,
    ...draft,
    accounts: delegation ? [...new Set([...accounts, delegation.home])] : accounts,
  }
}
