import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { PoolClient, QueryConfig } from 'pg'
import { endsConnection } from './sql-failure.ts'
import type { StatementNames } from './statement-names.ts'

/**
 * One transaction's hold on a connection.
 *
 * INVARIANT: once over, it runs nothing more, because the connection may by then work for another account.
 */
export class Session implements DatabaseConnection {
  readonly #client: PoolClient
  readonly #names: StatementNames | undefined
  readonly #timeout: number
  #over = false
  /** What made the connection useless. */
  broken: unknown

  constructor(client: PoolClient, names: StatementNames | undefined, timeout: number) {
    this.#client = client
    this.#names = names
    this.#timeout = timeout
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#over) throw new Error('a statement came after its transaction was over')
    const { command, rowCount, rows } = await this.run(this.#prepared(query), this.#timeout)
    const affects = command !== 'SELECT' && rowCount !== null
    return { rows: (rows ?? []) as Row[], ...(affects && { numAffectedRows: BigInt(rowCount) }) }
  }

  // eslint-disable-next-line require-yield -- lists are read page by page, so that no connection is held while a client reads
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not streamed from one connection')
  }

  /** Runs one statement and notes when the connection did not survive it. */
  async run(query: QueryConfig, timeout: number) {
    try {
      return await this.#client.query({ ...query, query_timeout: timeout } as QueryConfig)
    } catch (error) {
      if (endsConnection(error)) this.broken = error
      throw error
    }
  }

  end(): void {
    this.#over = true
  }

  #prepared({ sql, parameters }: CompiledQuery): QueryConfig {
    const name = this.#names?.nameOf(sql)
    return { text: sql, values: [...parameters], ...(name !== undefined && { name }) }
  }
}
