import { createHash } from 'node:crypto'
import { join } from 'node:path'

import type { Address } from './address.ts'
import type { ServerPlan, ServerSettings } from './server-plan.ts'

/**
 * The words PostgreSQL is started with; they outrank every file of settings.
 *
 * What keeps the data and the door safe stands last, so that no other setting replaces it.
 */
export function serverArguments({ home, data, address, settings }: ServerPlan): readonly string[] {
  const all = {
    timezone: 'UTC',
    lc_messages: 'C',
    ...withoutStatementsInTheLog,
    ...noticingThatKeyholderIsGone,
    ...settings,
    ...listening(address),
    cluster_name: clusterName(data),
    hba_file: join(home, 'pg_hba.conf'),
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  }
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** A name that the processes of this data folder's server show, and those of no other. */
export function clusterName(data: string): string {
  return `keyholder-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`
}

/** A failed statement is answered to who sent it; in a log it would only repeat what is personal. */
const withoutStatementsInTheLog = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/** Work and locks of a Keyholder that was killed end soon; Windows cannot ask for that. */
const noticingThatKeyholderIsGone = {
  client_connection_check_interval: process.platform === 'win32' ? '0' : '1s',
}

function listening({ host, port }: Address): ServerSettings {
  const onSocket = host.startsWith('/')
  return {
    listen_addresses: onSocket ? '' : host,
    port: String(port),
    unix_socket_directories: onSocket ? `"${host.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
  }
}

/** Everybody who connects proves to know the password, whatever way they come. */
export const hostBasedAuthentication = `local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`
