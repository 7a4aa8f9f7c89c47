import { performance } from 'node:perf_hooks'
import type { PoolClient } from 'pg'
import { appRole } from '../migration/app-role.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { connections, type Database } from './open-database.ts'
import { scopeSetting, type Scope } from './scope.ts'
import { Session } from './session.ts'

export interface BegunSession {
  readonly session: Session
  /** Gives the connection back, or throws it away where it broke. */
  readonly release: () => void
}

export interface SessionOptions {
  readonly readOnly?: boolean
  readonly snapshot?: boolean
  readonly statementTimeout?: number
}

/** A connection that was had at the last moment is still heard out, and not thrown away for being late. */
const shortestWait = 100

/** Takes a connection and begins a transaction on it, which has to be under way at the deadline. */
export async function beginSession(
  db: Database,
  scope: Scope,
  options: SessionOptions,
  deadline: number,
): Promise<BegunSession> {
  const { names, statementTimeout: usual } = db[connections]
  const statementTimeout = options.statementTimeout ?? usual
  const opening = openingStatement(db, scope, options, statementTimeout)
  const client = await connect(db)
  const session = new Session(client, {
    opening,
    patience: Math.max(deadline - performance.now(), shortestWait),
    answerTimeout: statementTimeout + 1_000,
    names,
  })
  return { session, release: () => client.release(session.broken !== undefined) }
}

async function connect(db: Database): Promise<PoolClient> {
  const { pool } = db[connections]
  try {
    return await pool.connect()
  } catch (error) {
    const isFull = pool.totalCount >= pool.options.max
    throw new DatabaseUnavailable(isFull ? 'busy' : 'unreachable', error)
  }
}

/**
 * Begins, and says who is at work for whom, in one round trip.
 *
 * INVARIANT: every setting is local to the transaction, so that nothing of it outlives the connection's return.
 */
function openingStatement(
  db: Database,
  scope: Scope,
  { readOnly = false, snapshot = false }: SessionOptions,
  statementTimeout: number,
): string {
  const mode = `${snapshot ? 'isolation level repeatable read ' : ''}${readOnly ? 'read only' : 'read write'}`
  const settings = {
    role: appRole,
    'keyholder.accounts': scopeSetting(scope),
    statement_timeout: String(statementTimeout),
    lock_timeout: String(db[connections].lockTimeout),
    idle_in_transaction_session_timeout: '30000',
  }
  const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`)
  return `begin ${mode}; select ${calls.join(', ')}`
}
