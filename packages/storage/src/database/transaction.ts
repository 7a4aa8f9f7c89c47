import { performance } from 'node:perf_hooks'
import {
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresQueryCompiler,
  Transaction,
  type Dialect,
} from 'kysely'
import type { Tables } from '../tables.ts'
import { beginSession } from './begin-session.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { connections, type Database } from './open-database.ts'
import type { Scope } from './scope.ts'
import type { Session } from './session.ts'
import { asUnavailable, hasStalePlan, lostARace } from './sql-failure.ts'

/** A transaction under way: what every query takes first. */
export type Tx = Transaction<Tables>

export interface TransactionOptions {
  /** Writes are refused by the database. */
  readonly readOnly?: boolean
  /** All statements see one moment. */
  readonly snapshot?: boolean
  /** Milliseconds that one statement may take, where the usual is too little. */
  readonly statementTimeout?: number
}

const mostAttempts = 4
/** More than a pool has connections. */
const mostStaleConnections = 100

/**
 * Runs `work` in one transaction that sees and writes the rows of `scope` and no others.
 *
 * What `work` throws rolls everything back. A transaction that lost against another one, or that met a connection
 * from before a migration, is run again, so `work` must have no effect outside of it. Throws `DatabaseUnavailable` where the database is away or too slow.
 */
export async function transaction<Outcome>(
  db: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<Outcome>,
  options: TransactionOptions = {},
): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(db, scope, work, options)
    } catch (error) {
      const isStale = hasStalePlan(error)
      if (!isStale && !lostARace(error)) throw asUnavailable(error) ?? error
      const enough = isStale ? mostStaleConnections : mostAttempts
      if (attempt >= enough) throw new DatabaseUnavailable('busy', error)
    }
  }
}

/** A connection that died in the pool costs a round, not the attempt: where nothing has begun, another one is taken. */
async function attemptOnce<Outcome>(
  db: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<Outcome>,
  options: TransactionOptions,
): Promise<Outcome> {
  const deadline = performance.now() + db[connections].patience
  for (;;) {
    const { session, release } = await beginSession(db, scope, options, deadline)
    try {
      const outcome = await work(transactionOver(session))
      await session.commit()
      return outcome
    } catch (error) {
      await session.rollback()
      if (session.begun || session.broken === undefined) throw failureOf(session, error)
      if (performance.now() >= deadline) throw new DatabaseUnavailable('unreachable', session.broken)
    } finally {
      release()
    }
  }
}

/** A connection that broke is what matters, whatever `work` made of it. */
function failureOf({ broken }: Session, error: unknown): unknown {
  if (broken === undefined) return error
  if (hasStalePlan(broken)) return broken
  return asUnavailable(broken) ?? new DatabaseUnavailable('unreachable', broken)
}

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: () => {
    throw new Error('the schema is written down, not looked up')
  },
}
const adapter = dialect.createAdapter()
const compiler = dialect.createQueryCompiler()
const driver = dialect.createDriver()

function transactionOver(session: Session): Tx {
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(session),
  })
  return new Transaction<Tables>({ config: { dialect }, dialect, driver, executor })
}
