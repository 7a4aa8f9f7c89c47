import type { AccountFacts, AccountId, Blueprint, OrganizationId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import {
  connectionOf,
  grantOf,
  groupsOf,
  memberOf,
  roleOf,
  type ConnectionRow,
  type GroupRow,
  type RoleRow,
} from './fact-rows.ts'

interface FactsRow {
  readonly status: AccountFacts['status']
  readonly revision: number
  readonly organizations: string | null
  readonly roles: readonly RoleRow[]
  readonly members: string | null
  readonly groups: readonly GroupRow[]
  readonly group_members: string | null
  readonly grants: string | null
  readonly connections: readonly ConnectionRow[]
}

/**
 * Everything that decides access in an account, at one revision; nothing where there is no such account.
 *
 * One statement, so that it sees one moment without holding anything. What there are tens of thousands of comes as a
 * text with a line for each, which takes the database and this process a third of the time that rows or JSON do; ids
 * have neither tabs nor line breaks in them.
 */
export async function loadFacts(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
): Promise<AccountFacts | undefined> {
  const { rows } = await sql<FactsRow>`
    select a.status, a.revision,
      (select string_agg(o.id, E'\\n') from organizations o where o.account_id = a.id) as organizations,
      coalesce((select json_agg(json_build_array(r.id, r.key, r.name, r.permissions, case when r.bound then
          (select coalesce(json_agg(b.organization_id order by b.organization_id), '[]') from role_organizations b
            where b.account_id = a.id and b.role_id = r.id) end))
        from roles r where r.account_id = a.id), '[]') as roles,
      (select string_agg(concat(m.user_id, E'\\t', m.status, E'\\t', m.home_account_id), E'\\n')
        from memberships m where m.account_id = a.id) as members,
      coalesce((select json_agg(json_build_array(g.id, g.key, g.name, g.kind))
        from groups g where g.account_id = a.id), '[]') as groups,
      (select string_agg(concat(i.group_id, E'\\t', i.member_id), E'\\n')
        from group_members i where i.account_id = a.id) as group_members,
      (select string_agg(concat(g.id, E'\\t', coalesce(g.user_id, g.group_id, g.connection_id), E'\\t',
          coalesce(g.role_id, g.builtin_role), E'\\t', g.organization_id, E'\\t',
          (extract(epoch from g.starts_at) * 1000)::bigint, E'\\t',
          (extract(epoch from g.ends_at) * 1000)::bigint), E'\\n')
        from grants g where g.account_id = a.id) as grants,
      coalesce((select json_agg(json_build_array(c.id, c.guest_account_id,
          coalesce(c.maximum_role_id, c.maximum_builtin), c.delegates_group_id, c.status,
          (extract(epoch from c.starts_at) * 1000)::bigint, (extract(epoch from c.ends_at) * 1000)::bigint))
        from connections c where c.account_id = a.id), '[]') as connections
    from accounts a where a.id = ${account}`.execute(tx)
  const [row] = rows
  if (!row) return undefined

  return {
    id: account,
    status: row.status,
    revision: row.revision,
    organizations: linesOf(row.organizations) as OrganizationId[],
    roles: row.roles.map((role) => roleOf(blueprint, role)),
    members: linesOf(row.members).map((line) => memberOf(account, line)),
    groups: groupsOf(row.groups, linesOf(row.group_members)),
    grants: linesOf(row.grants).map(grantOf),
    connections: row.connections.map((connection) => connectionOf(account, connection)),
  }
}

function linesOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split('\n')
}
