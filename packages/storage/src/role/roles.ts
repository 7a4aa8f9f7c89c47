import type { AccountId, Blueprint, OrganizationId, RoleId } from '@keyholder/core'
import { heldForms } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'

/** A role as people know it, built-in or an account's own. */
export interface DescribedRole {
  readonly id: RoleId
  readonly key: string
  readonly name: string
  readonly description: string
  readonly builtIn: boolean
  /** As they are held: `ticket.view`, or `ticket.view:own`. */
  readonly permissions: readonly string[]
  /** Left out where the role can be granted anywhere. */
  readonly organizations?: readonly OrganizationId[] | undefined
  /** How many grants give it, whether or not they count at this moment. */
  readonly grants: number
  /** 0 for a built-in role, which changes with the blueprint alone. */
  readonly version: number
  readonly createdAt?: Date | undefined
}

export interface RoleFilter {
  /** Part of the name or the key. */
  readonly text?: string | undefined
  readonly builtIn?: boolean | undefined
}

const orders: Orders = {
  name: { by: 'lower(name) collate "C"', type: 'text' },
  key: { by: 'key collate "C"', type: 'text' },
  grants: { by: 'grants', type: 'bigint' },
  created_at: { by: 'created_at', type: 'timestamptz' },
}

/** A page of the roles that can be granted in an account: its own, and those of the blueprint. */
export async function listRoles(
  tx: Tx,
  account: AccountId,
  blueprint: Blueprint,
  { text, builtIn }: RoleFilter,
  page: PageRequest,
): Promise<Page<DescribedRole>> {
  const query = rolesOf(tx, account, blueprint)
    .$if(builtIn !== undefined, (all) => all.where('built_in', '=', builtIn ?? false))
    .$if(text !== undefined, (all) =>
      all.where(sql<boolean>`strpos(lower(name || ' ' || key), ${folded(text ?? '')}) > 0`),
    )
  const found = await readPage(query, orders, 'id', page)
  return { ...found, rows: found.rows.map(roleOf) }
}

/** A role by its id or its key. */
export async function findRole(
  tx: Tx,
  account: AccountId,
  blueprint: Blueprint,
  name: string,
): Promise<DescribedRole | undefined> {
  const row = await rolesOf(tx, account, blueprint)
    .where((where) => where.or([where('id', '=', name as RoleId), where('key', '=', name)]))
    .executeTakeFirst()
  return row && roleOf(row)
}

/** What a custom role is for, in words; its name and permissions are a matter of access changes. */
export async function describeRole(
  tx: Tx,
  account: AccountId,
  id: RoleId,
  description: string,
): Promise<void> {
  await tx
    .updateTable('roles')
    .set({ description, version: sql<number>`version + 1` })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .where('description', '<>', description)
    .execute()
}

interface RoleRow {
  readonly id: RoleId
  readonly key: string
  readonly name: string
  readonly description: string
  readonly built_in: boolean
  readonly permissions: readonly string[]
  readonly organizations: readonly OrganizationId[] | null
  readonly grants: number
  readonly version: number
  readonly created_at: Date | null
}

function rolesOf(tx: Tx, account: AccountId, blueprint: Blueprint) {
  const builtIn = blueprint.roles.map(({ id, key, name, permissions }) => ({
    id,
    key,
    name,
    permissions: heldForms(permissions, blueprint),
  }))
  const roles = sql<RoleRow>`(
    select r.id, r.key, r.name, r.description, false as built_in, r.permissions, r.version, r.created_at,
           case when r.bound then array(
             select o.organization_id from role_organizations o
              where o.account_id = r.account_id and o.role_id = r.id order by o.organization_id) end as organizations,
           (select count(*) from grants g where g.account_id = r.account_id and g.role_id = r.id) as grants
      from roles r where r.account_id = ${account}
     union all
    select b.id, b.key, b.name, '', true, b.permissions, 0, null, null,
           (select count(*) from grants g where g.account_id = ${account} and g.builtin_role = b.id)
      from json_to_recordset(${JSON.stringify(builtIn)}) as b (id text, key text, name text, permissions text[])
  )`
  return tx.selectFrom(roles.as('roles_and_built_in')).selectAll()
}

function roleOf(row: RoleRow): DescribedRole {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    description: row.description,
    builtIn: row.built_in,
    permissions: row.permissions,
    organizations: row.organizations ?? undefined,
    grants: Number(row.grants),
    version: row.version,
    createdAt: row.created_at ?? undefined,
  }
}
