import { Client } from 'pg'
import { ensureAppRole } from './app-role.ts'
import { MigrationRefused } from './migration-refused.ts'
import { pendingMigrations, type AppliedMigration } from './pending-migrations.ts'
import { migrationsFolder, readMigrations, type Migration } from './read-migrations.ts'
import { requireSoundServer } from './server-version.ts'

export interface MigrateOptions {
  readonly log: (sentence: string) => void
  /** Milliseconds to wait for another process that is migrating the same database. */
  readonly patience?: number
  /** Only for tests of migrations themselves. */
  readonly folder?: URL
}

/** The advisory lock that one migrating process holds: the letters `keyholdr` as a number. */
const lockKey = '7738725024158999666'

/**
 * Brings the database up to date and returns the names of what was applied.
 *
 * Forward only, each migration in its own transaction, one process at a time. Throws `MigrationRefused` with a
 * sentence for the operator where the server or the schema is not one that this version can work with.
 */
export async function migrate(url: string, options: MigrateOptions): Promise<readonly string[]> {
  const known = await readMigrations(options.folder ?? migrationsFolder)
  const client = new Client({
    connectionString: url,
    application_name: 'keyholder migrate',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {}) // a lost connection is told by the query that meets it
  await client.connect()
  try {
    await requireUsableServer(client)
    await lock(client, options.patience ?? 30_000)
    await ensureAppRole(client)
    return await applyPending(client, known, options.log)
  } finally {
    await client.end()
  }
}

async function requireUsableServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  requireSoundServer(rows[0]?.version ?? 0)
  if (rows[0]?.encoding !== 'UTF8') {
    throw new MigrationRefused(
      'encoding_not_utf8',
      `The database is encoded as ${rows[0]?.encoding}: create it with \`encoding 'UTF8'\`.`,
    )
  }
}

/** The lock belongs to the session, so that it spans the transactions of all migrations. */
async function lock(client: Client, patience: number): Promise<void> {
  try {
    await client.query(`select set_config('lock_timeout', $1, false)`, [String(patience)])
    await client.query(`select pg_advisory_lock(${lockKey})`)
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new MigrationRefused(
      'migration_in_progress',
      `Another process has been migrating this database for ${patience / 1000} s: wait for it to end, then start again.`,
    )
  }
}

async function applyPending(
  client: Client,
  known: readonly Migration[],
  log: (sentence: string) => void,
): Promise<readonly string[]> {
  await client.query(
    `create table if not exists schema_migrations (
       name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  )
  const applied = await client.query<AppliedMigration>('select name, checksum from schema_migrations')
  const pending = pendingMigrations(known, applied.rows)
  for (const migration of pending) {
    log(`Applying the migration \`${migration.name}\`.`)
    await apply(client, migration)
  }
  return pending.map(({ name }) => name)
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
