import { AccountIndex, type AccountId, type Actor, type Blueprint, type Directory } from '@keyholder/core'
import { lockAccounts, type LogHeads, type Tx } from '@keyholder/storage'
import { actorOf, type Caller } from '../http/caller.ts'
import { reachOf, type Reach } from '../http/reach.ts'
import type { NewId } from '../new-id.ts'
import type { ChangeDeps } from './change-deps.ts'
import type { Delegation } from './delegation.ts'
import { readerIn } from '../access/replica/database-source.ts'
import type { AccountRevision } from './revision-token.ts'

/** The accounts that a change is about, and others in which their people may have something. */
export interface Concerned {
  readonly accounts: readonly AccountId[]
  readonly elsewhere: readonly AccountId[]
  /** How the caller came in from another of them. */
  readonly delegation: Delegation | undefined
}

/** What a use case decides on: the accounts it concerns, locked, as they stand at this moment. */
export interface Scene {
  readonly tx: Tx
  /** Database time, in milliseconds since 1970. */
  readonly at: number
  readonly caller: Caller
  readonly actor: Actor
  /** The accounts concerned at their locked revision, and as they are known those that they have to do with. */
  readonly directory: Directory
  readonly revisions: readonly AccountRevision[]
  /** Where the logs of the accounts concerned end. */
  readonly heads: LogHeads
  readonly elsewhere: readonly AccountId[]
  readonly delegation: Delegation | undefined
  /** The index of an account that the change concerns; empty for one that is only being made. */
  readonly index: (account: AccountId) => AccountIndex
  /** What the caller may do in an account that the change concerns, at this very revision. */
  readonly reach: (account: AccountId) => Reach
  readonly newId: NewId
  /** The ids that were made for this change, in their order. */
  readonly newIds: readonly string[]
}

/** Locks the accounts, so that nothing about them moves until the change is done, and reads where they stand. */
export async function openScene(
  deps: ChangeDeps,
  caller: Caller,
  { accounts, elsewhere, delegation }: Concerned,
  tx: Tx,
): Promise<Scene> {
  const { at, accounts: locked, heads } = await lockAccounts(tx, accounts)
  const indexes = new Map(accounts.map((id) => [id, emptyAccount(deps.replica.blueprint, id)]))
  for (const { id, revision } of locked) {
    const index = await deps.replica.indexAt(readerIn(tx, deps.replica.blueprint), id, revision)
    if (index) indexes.set(id, index)
  }
  const around = deps.replica.view()
  const directory: Directory = {
    blueprint: deps.replica.blueprint,
    account: (id) => indexes.get(id) ?? around.account(id),
  }
  const newIds: string[] = []
  const index = (account: AccountId) => {
    const found = indexes.get(account)
    if (!found) throw new Error(`a use case asked for ${account}, which its change does not lock`)
    return found
  }
  return {
    tx,
    at,
    caller,
    actor: actorOf(caller),
    directory,
    revisions: locked.map(({ id, revision }) => ({ account: id, revision })),
    heads,
    elsewhere,
    delegation,
    index,
    reach: (account) => reachOf({ directory, at }, caller, account),
    newId: (kind) => {
      const id = deps.newId(kind)
      newIds.push(id)
      return id as never
    },
    newIds,
  }
}

/** An account that is only being made. */
function emptyAccount(blueprint: Blueprint, id: AccountId): AccountIndex {
  const nothing = { organizations: [], roles: [], members: [], groups: [], grants: [], connections: [] }
  return AccountIndex.of(blueprint, { id, status: 'active', revision: 0, ...nothing })
}
