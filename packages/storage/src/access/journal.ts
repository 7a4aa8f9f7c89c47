import {
  heldForms,
  type AccessChange,
  type AccountId,
  type Blueprint,
  type CustomRole,
} from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'
import { permissionSet } from './fact-rows.ts'

/** What one revision of an account changed. */
export interface JournalEntry {
  readonly revision: number
  readonly changes: readonly AccessChange[]
}

type RoleSet = Extract<AccessChange, { kind: 'role_set' }>
/** Bits mean something only under the blueprint that made them, so a role is kept with its permissions' names. */
type StoredChange =
  | Exclude<AccessChange, RoleSet>
  | {
      readonly kind: 'role_set'
      readonly role: Omit<CustomRole, 'permissions'> & { permissions: readonly string[] }
    }

const mostEntries = 1_000

/** An account that goes to its next revision, and what of its access is different from then on. */
export interface Move {
  readonly account: AccountId
  readonly changes: readonly StoredChange[]
}

export function moveOf(blueprint: Blueprint, account: AccountId, changes: readonly AccessChange[]): Move {
  return { account, changes: changes.map((change) => storedForm(blueprint, change)) }
}

/** The journal after this revision, in order; entries that are long past may be gone, and of very many the first come. */
export async function changesSince(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
  revision: number,
): Promise<readonly JournalEntry[]> {
  const rows = await tx
    .selectFrom('changes')
    .select(['revision', 'changes'])
    .where('account_id', '=', account)
    .where('revision', '>', revision)
    .orderBy('revision')
    .limit(mostEntries)
    .execute()
  return rows.map((row) => ({
    revision: row.revision,
    changes: (row.changes as readonly StoredChange[]).map((change) => changeOf(blueprint, change)),
  }))
}

/** Drops what is older than this, in every account of the scope; a replica that far behind loads anew. */
export async function pruneJournal(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('changes').where('at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}

function storedForm(blueprint: Blueprint, change: AccessChange): StoredChange {
  if (change.kind !== 'role_set') return change
  return { ...change, role: { ...change.role, permissions: heldForms(change.role.permissions, blueprint) } }
}

function changeOf(blueprint: Blueprint, change: StoredChange): AccessChange {
  if (change.kind !== 'role_set') return change
  return {
    ...change,
    role: { ...change.role, permissions: permissionSet(blueprint, change.role.permissions) },
  }
}
