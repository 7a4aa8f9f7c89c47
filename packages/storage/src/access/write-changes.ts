import type { AccessChange, AccountId, Blueprint } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'
import { closeChange } from './close-change.ts'
import { moveOf } from './journal.ts'
import { setConnections } from './write-connections.ts'
import { removeGrants, setGrants } from './write-grants.ts'
import { addGroupMembers, removeGroupMembers, removeGroups, setGroups } from './write-groups.ts'
import { removeMembers, setMembers } from './write-members.ts'
import { removeOrganizations, setAccountStatus, setOrganizations } from './write-places.ts'
import { removeRoles, setRoles } from './write-roles.ts'

/**
 * Writes changes of access in their order.
 *
 * What decides access is written whole, and nothing else: what things are called beside it (an organization's name, a
 * person, the story of a connection) is written by their own functions, before or after, in the same transaction. A
 * change that refers to what is not there throws.
 */
export async function writeAccess(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
  changes: readonly AccessChange[],
): Promise<void> {
  for (const run of runsOfOneKind(changes)) await writeRun(tx, blueprint, account, run)
}

/** Writes changes of access to an account that is locked, moves it on by one revision, and returns it. */
export async function writeChanges(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
  changes: readonly AccessChange[],
): Promise<number> {
  await writeAccess(tx, blueprint, account, changes)
  const revisions = await closeChange(tx, { moves: [moveOf(blueprint, account, changes)] })
  return revisions.get(account) as number
}

type Kind = AccessChange['kind']
type ChangeOf<K extends Kind> = Extract<AccessChange, { kind: K }>
type Writer<K extends Kind> = (
  tx: Tx,
  account: AccountId,
  changes: readonly ChangeOf<K>[],
  blueprint: Blueprint,
) => Promise<void>

const writers: { readonly [K in Kind]: Writer<K> } = {
  account_set: setAccountStatus,
  organization_set: setOrganizations,
  organization_removed: removeOrganizations,
  role_set: setRoles,
  role_removed: removeRoles,
  member_set: setMembers,
  member_removed: removeMembers,
  group_set: setGroups,
  group_removed: removeGroups,
  group_member_added: addGroupMembers,
  group_member_removed: removeGroupMembers,
  grant_set: setGrants,
  grant_removed: removeGrants,
  connection_set: setConnections,
}

/** Neighbours of one kind go into one statement: an import of thousands of grants is a few round trips. */
function runsOfOneKind(changes: readonly AccessChange[]): readonly AccessChange[][] {
  const runs: AccessChange[][] = []
  for (const change of changes) {
    const run = runs.at(-1)
    if (run?.[0]?.kind === change.kind) run.push(change)
    else runs.push([change])
  }
  return runs
}

async function writeRun(tx: Tx, blueprint: Blueprint, account: AccountId, run: readonly AccessChange[]) {
  const kind = run[0]?.kind
  if (kind) await (writers[kind] as Writer<Kind>)(tx, account, run, blueprint)
}
