import { canonicalName, heldForms, type AccountId, type Blueprint, type CustomRole } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { idsOf, lastOfEach, type ChangesOf } from './changes-of.ts'

export async function setRoles(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'role_set'>,
  blueprint: Blueprint,
): Promise<void> {
  const roles = lastOfEach(
    changes.map(({ role }) => role),
    ({ id }) => id,
  )
  await sql`
    insert into roles as r (account_id, id, key, name, canonical_key, canonical_name, permissions, bound)
    select ${account}, id, key, name, canonical_key, canonical_name, permissions, bound
      from json_to_recordset(${JSON.stringify(roles.map((role) => roleRow(blueprint, role)))}) as x
           (id text, key text, name text, canonical_key text, canonical_name text, permissions text[], bound boolean)
        on conflict (account_id, id) do update
       set key = excluded.key, name = excluded.name, canonical_key = excluded.canonical_key,
           canonical_name = excluded.canonical_name, permissions = excluded.permissions, bound = excluded.bound,
           version = r.version + 1`.execute(tx)
  await setBounds(tx, account, roles)
}

function roleRow(blueprint: Blueprint, { id, key, name, permissions, organizations }: CustomRole) {
  return {
    id,
    key,
    name,
    canonical_key: canonicalName(key),
    canonical_name: canonicalName(name),
    permissions: heldForms(permissions, blueprint),
    bound: organizations !== undefined,
  }
}

/** The organizations that roles are bound to, in place of those that they were bound to. */
async function setBounds(tx: Tx, account: AccountId, roles: readonly CustomRole[]): Promise<void> {
  const bounds = roles.flatMap(({ id, organizations = [] }) =>
    organizations.map((organization) => ({ role_id: id, organization_id: organization })),
  )
  await tx
    .deleteFrom('role_organizations')
    .where('account_id', '=', account)
    .where(sql<boolean>`role_id = any (${roles.map(({ id }) => id)}::text[])`)
    .execute()
  if (bounds.length === 0) return
  await sql`
    insert into role_organizations (account_id, role_id, organization_id)
    select ${account}, role_id, organization_id
      from json_to_recordset(${JSON.stringify(bounds)}) as x (role_id text, organization_id text)
        on conflict do nothing`.execute(tx)
}

/** A connection that is over goes on saying what its maximum was, also when there is no such role any more. */
export async function removeRoles(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'role_removed'>,
): Promise<void> {
  const ids = idsOf(changes)
  await sql`
    update connections set maximum_builtin = maximum_role_id, maximum_role_id = null
     where account_id = ${account} and maximum_role_id = any (${ids}::text[])
       and status in ('ended', 'declined')`.execute(tx)
  await sql`delete from roles where account_id = ${account} and id = any (${ids}::text[])`.execute(tx)
}
