import type { AccountId } from '@keyholder/core'
import type { ReplicaView } from '../replica/replica-view.ts'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Findings } from './findings.ts'
import type { NameMemory } from './name-memory.ts'
import type { Need } from './need.ts'

/** What questions are answered from: what is in memory at one moment, and what was fetched for them. */
export interface Grounds {
  readonly view: ReplicaView
  readonly memory: NameMemory
  readonly findings: Findings
  /** The only account that the caller may ask about; left out for the deployment's own keys. */
  readonly own?: AccountId | undefined
}

/** An account in memory, at this revision at least. */
export function findAccount(
  { view, findings }: Grounds,
  id: AccountId,
  atLeast = 0,
): ReplicatedAccount | Need | undefined {
  const account = view.entry(id)
  if (account?.index && account.index.revision >= atLeast) return account
  const need: Need = { kind: 'account', account: id, atLeast }
  return !isLookedUp(id) || findings.isAbsent(need) ? undefined : need
}

/** What no name looks like is not sent to the database. */
export function isLookedUp(name: string): boolean {
  return name.length > 0 && name.length <= 320 && name.isWellFormed() && !name.includes('\0')
}
