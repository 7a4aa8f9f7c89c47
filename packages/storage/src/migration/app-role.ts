import type { Client } from 'pg'
import { MigrationRefused } from './migration-refused.ts'

/** The role that the application works as: it owns nothing and is bound by the row-level security. */
export const appRole = 'keyholder_app'

interface RoleState {
  readonly login: string
  readonly exists: boolean
  readonly unbound: boolean
}

/** Makes the application's role where the server does not have it yet, and lets the login take it on. */
export async function ensureAppRole(client: Client): Promise<void> {
  const { rows } = await client.query<RoleState>(
    `select current_user as login, role.rolname is not null as exists,
            coalesce(role.rolsuper or role.rolbypassrls, false) as unbound
       from (select) as one left join pg_roles as role on role.rolname = $1`,
    [appRole],
  )
  const state = rows[0]
  if (!state) throw new Error('the server told nothing about its roles')

  if (state.unbound) {
    throw new MigrationRefused(
      'role_not_allowed',
      `The role \`${appRole}\` is above row-level security: run \`alter role ${appRole} nosuperuser nobypassrls\`.`,
    )
  }
  if (!state.exists) await orExplain(client, state.login, `create role ${appRole} nologin`)
  if (!(await mayTakeOn(client))) {
    await orExplain(client, state.login, `grant ${appRole} to ${client.escapeIdentifier(state.login)}`)
  }
}

/** Since PostgreSQL 16 a role's maker may give it away without being allowed to take it on. */
async function mayTakeOn(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_has_role(current_user, $1,
       case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as may`,
    [appRole],
  )
  return rows[0]?.may === true
}

async function orExplain(client: Client, login: string, sql: string): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    const code = (error as { code?: string }).code
    // Roles belong to the whole server: another database's Keyholder made it in this moment.
    if (code === '42710' || code === '23505') return
    if (code !== '42501') throw error
    throw new MigrationRefused(
      'role_not_allowed',
      `The database user \`${login}\` may not manage roles: once, as the server's administrator, run ` +
        `\`create role ${appRole} nologin; grant ${appRole} to ${client.escapeIdentifier(login)}\`.`,
    )
  }
}
