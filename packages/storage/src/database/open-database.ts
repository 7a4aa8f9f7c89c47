import { Pool, types } from 'pg'
import { StatementNames } from './statement-names.ts'

export interface DatabaseOptions {
  readonly url: string
  /** How many connections are held at most. */
  readonly poolSize?: number
  /** Milliseconds until a transaction has to be under way; what takes longer is a database that is away. */
  readonly patience?: number
  /** Milliseconds that one statement may take. */
  readonly statementTimeout?: number
  /** Milliseconds that a statement may wait for somebody else's lock. */
  readonly lockTimeout?: number
  /** Turn off behind a pooler that does not carry prepared statements across transactions. */
  readonly preparedStatements?: boolean
  /** Told of connections that were lost while nobody used them. */
  readonly onConnectionLost?: (error: Error) => void
}

/** Kept out of sight: outside `transaction`, a connection has the rights of the tables' owner. */
export const connections = Symbol('connections')

/** An open database; `transaction` is the only way to work with it. */
export interface Database {
  readonly [connections]: {
    readonly pool: Pool
    readonly names: StatementNames | undefined
    readonly patience: number
    readonly statementTimeout: number
    readonly lockTimeout: number
  }
}

/** Opens a pool of connections; none is made before it is needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const patience = options.patience ?? 900
  const pool = new Pool({
    connectionString: options.url,
    application_name: 'keyholder',
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: patience,
    keepAlive: true,
    pipeline: true,
    types: { getTypeParser },
  })
  pool.on('error', options.onConnectionLost ?? (() => {}))
  // A connection that is lost between two statements of a transaction is told by the next one; unheard, it would end
  // the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    [connections]: {
      pool,
      names: options.preparedStatements === false ? undefined : new StatementNames(),
      patience,
      statementTimeout: options.statementTimeout ?? 5_000,
      lockTimeout: options.lockTimeout ?? 3_000,
    },
  }
}

/** Waits for the transactions under way, then closes every connection. */
export async function closeDatabase(db: Database): Promise<void> {
  await db[connections].pool.end()
}

/** Counters stay below 2^53, so they are read as numbers. */
const getTypeParser = ((oid: number, format?: 'text') =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser
