import type { AccountFacts, AccountId, Blueprint } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import {
  connectionOf,
  grantOf,
  groupsOf,
  memberOf,
  roleOf,
  type ConnectionRow,
  type GrantRow,
  type GroupMemberRow,
  type GroupRow,
  type MemberRow,
  type RoleRow,
} from './fact-rows.ts'

interface FactsRow {
  readonly status: AccountFacts['status']
  readonly revision: number
  readonly organizations: readonly AccountFacts['organizations'][number][]
  readonly roles: readonly RoleRow[]
  readonly members: readonly MemberRow[]
  readonly groups: readonly GroupRow[]
  readonly group_members: readonly GroupMemberRow[]
  readonly grants: readonly GrantRow[]
  readonly connections: readonly ConnectionRow[]
}

/**
 * Everything that decides access in an account, at one revision; nothing where there is no such account.
 *
 * One statement, so that it sees one moment without holding anything. It answers with a few arrays in place of tens
 * of thousands of rows, which is what makes it quick.
 */
export async function loadFacts(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
): Promise<AccountFacts | undefined> {
  const { rows } = await sql<FactsRow>`
    select a.status, a.revision,
      coalesce((select json_agg(o.id) from organizations o where o.account_id = a.id), '[]') as organizations,
      coalesce((select json_agg(json_build_array(r.id, r.key, r.name, r.permissions, case when r.bound then
          (select coalesce(json_agg(b.organization_id order by b.organization_id), '[]') from role_organizations b
            where b.account_id = a.id and b.role_id = r.id) end))
        from roles r where r.account_id = a.id), '[]') as roles,
      coalesce((select json_agg(json_build_array(m.user_id, m.status, m.home_account_id))
        from memberships m where m.account_id = a.id), '[]') as members,
      coalesce((select json_agg(json_build_array(g.id, g.key, g.name, g.kind))
        from groups g where g.account_id = a.id), '[]') as groups,
      coalesce((select json_agg(json_build_array(i.group_id, i.user_id, i.connection_id))
        from group_members i where i.account_id = a.id), '[]') as group_members,
      coalesce((select json_agg(json_build_array(g.id, g.user_id, g.group_id, g.connection_id,
          coalesce(g.role_id, g.builtin_role), g.organization_id,
          (extract(epoch from g.starts_at) * 1000)::bigint, (extract(epoch from g.ends_at) * 1000)::bigint))
        from grants g where g.account_id = a.id), '[]') as grants,
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
    organizations: row.organizations,
    roles: row.roles.map((role) => roleOf(blueprint, role)),
    members: row.members.map((member) => memberOf(account, member)),
    groups: groupsOf(row.groups, row.group_members),
    grants: row.grants.map(grantOf),
    connections: row.connections.map((connection) => connectionOf(account, connection)),
  }
}
