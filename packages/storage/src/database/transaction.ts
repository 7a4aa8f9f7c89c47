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
import type { Database } from './open-database.ts'
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

async function attemptOnce<Outcome>(
  db: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<Outcome>,
  options: TransactionOptions,
): Promise<Outcome> {
  const { session, release, answerTimeout } = await beginSession(db, scope, options)
  try {
    const outcome = await work(transactionOver(session))
    session.end()
    await commit(session, answerTimeout)
    return outcome
  } catch (error) {
    session.end()
    if (!session.broken) await session.run({ text: 'rollback' }, answerTimeout).catch(() => {})
    throw hasStalePlan(session.broken) ? session.broken : (brokenConnection(session) ?? error)
  } finally {
    release()
  }
}

/** A connection that broke is what matters, whatever `work` made of it. */
function brokenConnection(session: Session): DatabaseUnavailable | undefined {
  if (session.broken === undefined) return undefined
  return asUnavailable(session.broken) ?? new DatabaseUnavailable('unreachable', session.broken)
}

/** PostgreSQL answers `commit` with a rollback where a statement had failed and `work` went on regardless. */
async function commit(session: Session, timeout: number): Promise<void> {
  const { command } = await session.run({ text: 'commit' }, timeout)
  if (command !== 'COMMIT') throw new Error('a failed statement was passed over, so nothing was committed')
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
