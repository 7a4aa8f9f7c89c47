import { performance } from 'node:perf_hooks'
import type { PoolClient } from 'pg'
import { appRole } from '../migration/app-role.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { connections, type Database } from './open-database.ts'
import { scopeSetting, type Scope } from './scope.ts'
import { Session } from './session.ts'
import { endsConnection } from './sql-failure.ts'

export interface BegunSession {
  readonly session: Session
  /** Milliseconds after which a statement's silence means a lost connection. */
  readonly answerTimeout: number
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

/**
 * Takes a connection and begins a transaction on it, within the database's patience.
 *
 * A connection that died in the pool costs a round, not the request: as nothing has been said yet, another one
 * is taken.
 */
export async function beginSession(
  db: Database,
  scope: Scope,
  options: SessionOptions,
): Promise<BegunSession> {
  const statementTimeout = options.statementTimeout ?? db[connections].statementTimeout
  const answerTimeout = statementTimeout + 1_000
  const opening = openingStatement(db, scope, options, statementTimeout)
  const deadline = performance.now() + db[connections].patience

  for (;;) {
    const client = await connect(db)
    const session = new Session(client, db[connections].names, answerTimeout)
    const release = () => client.release(session.broken !== undefined)
    try {
      await session.run({ text: opening }, Math.max(deadline - performance.now(), shortestWait))
      return { session, answerTimeout, release }
    } catch (error) {
      // Where it failed half-way the connection is inside a transaction that nobody will end.
      session.broken ??= error
      release()
      if (!endsConnection(error)) throw error
      if (performance.now() >= deadline) throw new DatabaseUnavailable('unreachable', error)
    }
  }
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
