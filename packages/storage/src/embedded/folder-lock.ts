import pg from 'pg'

import { superuser } from './address.ts'
import type { Address } from './address.ts'
import { isErrorCode } from './is-error-code.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'

/** Any number will do, as long as it never changes. */
const lockKey = 4455

/** A connection that is kept open as long as Keyholder uses the server. */
export type ServerConnection = pg.Client

/** Connects to the server's own database, where nobody else has business. */
export async function connectToServer(address: Address, secret: string): Promise<ServerConnection> {
  const connection = new pg.Client({
    ...address,
    user: superuser,
    password: secret,
    database: 'postgres',
    application_name: `Keyholder, process ${process.pid}`,
    connectionTimeoutMillis: 5_000,
  })
  // The end of the connection is what is watched; the error that may come before it says no more.
  connection.on('error', () => undefined)
  await connection.connect()
  return connection
}

/**
 * Takes the lock that one Keyholder at a time holds on a folder.
 *
 * It lives as long as the connection, so it goes with the process, however that ends. The wait is for the server
 * to notice that a Keyholder was killed a moment ago.
 */
export async function lockFolder(connection: ServerConnection, folder: string): Promise<void> {
  try {
    await connection.query(`set lock_timeout = '1s'`)
    await connection.query('select pg_advisory_lock($1)', [lockKey])
  } catch (error) {
    if (!isErrorCode(error, '55P03')) throw error
    const holder = (await findHolder(connection)) ?? 'another Keyholder'
    throw new EmbeddedPostgresRefusal(
      'folder_in_use',
      `The data folder \`${folder}\` is in use by ${holder}: stop it, or choose another data folder.`,
    )
  }
}

/** The Keyholder that holds the folder of this server now, if one does. */
export async function findHolder(connection: ServerConnection): Promise<string | undefined> {
  const { rows } = await connection.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objid = $1 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [lockKey],
  )
  return rows[0]?.name.replace('Keyholder', 'another Keyholder')
}
