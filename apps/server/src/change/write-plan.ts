import type { AccessChange, AccountId, EventContent, EventId } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import { closeChange, moveOf, writeAccess } from '@keyholder/storage'
import type { ChangeCall } from './change-call.ts'
import type { AccountChanges, ChangePlan, EventDraft } from './change-plan.ts'
import { eventActor } from './event-actor.ts'
import type { AccountRevision } from './revision-token.ts'
import type { Scene } from './scene.ts'

/** Changes that are written, under the revision that they got. */
export interface Written extends AccountRevision {
  readonly changes: readonly AccessChange[]
}

/** Writes everything that a plan holds, and returns the revisions that came of it. */
export async function writePlan<E extends Endpoint>(
  scene: Scene,
  call: ChangeCall<E>,
  plan: ChangePlan<E>,
): Promise<readonly Written[]> {
  const { tx, directory, heads } = scene
  const changed = changesByAccount(plan.access ?? [])
  await plan.before?.(tx)
  for (const [account, changes] of changed) await writeAccess(tx, directory.blueprint, account, changes)
  await plan.rows?.(tx)
  const revisions = await closeChange(tx, {
    moves: [...changed].map(([account, changes]) => moveOf(directory.blueprint, account, changes)),
    events: plan.events.map((draft) => eventContent(scene, call, draft)),
    heads,
    mails: plan.mails ?? [],
  })
  return [...changed].map(([account, changes]) => ({
    account,
    changes,
    revision: revisions.get(account) as number,
  }))
}

/** An account moves on once, in however many parts its changes were judged. */
function changesByAccount(
  access: readonly AccountChanges[],
): ReadonlyMap<AccountId, readonly AccessChange[]> {
  const changed = new Map<AccountId, readonly AccessChange[]>()
  for (const { account, changes, moves } of access) {
    if (changes.length === 0 && !moves) continue
    changed.set(account, [...(changed.get(account) ?? []), ...changes])
  }
  return changed
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
