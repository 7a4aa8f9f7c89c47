import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { PoolClient, QueryConfig } from 'pg'
import { endsConnection } from './sql-failure.ts'
import type { StatementNames } from './statement-names.ts'

export interface SessionPlan {
  /** Begins the transaction and says for whom it works. */
  readonly opening: string
  /** Milliseconds that the opening may take. */
  readonly patience: number
  /** Milliseconds after which any other statement's silence means a lost connection. */
  readonly answerTimeout: number
  readonly names: StatementNames | undefined
}

/**
 * One transaction's hold on a connection.
 *
 * INVARIANT: once over, it runs nothing more, because the connection may by then work for another account.
 */
export class Session implements DatabaseConnection {
  readonly #client: PoolClient
  readonly #plan: SessionPlan
  readonly #opened: Promise<unknown>
  #over = false
  begun = false
  /** What made the connection useless. */
  broken: unknown

  /** Begins at once. The first statement goes out behind the opening, without waiting for its answer. */
  constructor(client: PoolClient, plan: SessionPlan) {
    this.#client = client
    this.#plan = plan
    this.#opened = this.#run({ text: plan.opening }, plan.patience).then(() => (this.begun = true))
    this.#opened.catch(() => {}) // told to whoever comes with the next statement
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#over) throw new Error('a statement came after its transaction was over')
    const { command, rowCount, rows } = await this.#answer(this.#prepared(query))
    const affects = command !== 'SELECT' && rowCount !== null
    return { rows: (rows ?? []) as Row[], ...(affects && { numAffectedRows: BigInt(rowCount) }) }
  }

  // eslint-disable-next-line require-yield -- lists are read page by page, so that no connection is held while a client reads
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not streamed from one connection')
  }

  /** PostgreSQL answers `commit` with a rollback where a statement had failed and the work went on regardless. */
  async commit(): Promise<void> {
    this.#over = true
    const { command } = await this.#answer({ text: 'commit' })
    if (command !== 'COMMIT') throw new Error('a failed statement was passed over, so nothing was committed')
  }

  async rollback(): Promise<void> {
    this.#over = true
    if (this.broken === undefined) await this.#answer({ text: 'rollback' }).catch(() => {})
  }

  /** INVARIANT: what is answered to a statement whose transaction did not begin is thrown away. */
  async #answer(query: QueryConfig) {
    const [, answer] = await Promise.all([this.#opened, this.#run(query, this.#plan.answerTimeout)])
    return answer
  }

  /** Runs one statement and notes when the connection did not survive it. */
  async #run(query: QueryConfig, timeout: number) {
    try {
      return await this.#client.query({ ...query, query_timeout: timeout } as QueryConfig)
    } catch (error) {
      if (endsConnection(error)) this.broken = error
      throw error
    }
  }

  #prepared({ sql, parameters }: CompiledQuery): QueryConfig {
    const name = this.#plan.names?.nameOf(sql)
    return { text: sql, values: [...parameters], ...(name !== undefined && { name }) }
  }
}
