import {
  judgeChanges,
  refuse,
  succeed,
  type AccountId,
  type AccountIndex,
  type ChangeRefusal,
  type Result,
} from '@keyholder/core'
import type { AccountChanges } from './change-plan.ts'
import type { Scene } from './scene.ts'

/** The accounts as they would be after the changes. */
export type After = ReadonlyMap<AccountId, AccountIndex>

/** Holds a plan's changes against the laws, in each account; what a caller may cause is measured by what they hold now. */
export function judgePlan(scene: Scene, access: readonly AccountChanges[]): Result<After, ChangeRefusal> {
  const { directory, actor, at } = scene
  const after = new Map<AccountId, AccountIndex>()
  for (const { account, changes, actingFor, judgedAs = actor } of access) {
    if (changes.length === 0) continue
    const judged = judgeChanges(directory, { actor: judgedAs, account, changes, at, actingFor })
    if (!judged.ok) return refuse(judged.refusal)
    after.set(account, judged.value.after)
  }
  return succeed(after)
}
