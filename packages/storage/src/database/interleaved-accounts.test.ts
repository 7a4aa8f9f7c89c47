import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { transaction, type Tx } from './transaction.ts'

const requests = 10_000
const atOnce = 40

type Mishap = 'none' | 'abort' | 'error' | 'timeout' | 'cut'

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}

function plan(): { readonly scope: readonly AccountId[]; readonly mishap: Mishap }[] {
  const next = numbers(7)
  return Array.from({ length: requests }, () => {
    const who = next()
    const scope = who < 0.45 ? [acme] : who < 0.9 ? [globex] : []
    const what = next()
    const mishap =
      what < 0.75 ? 'none' : what < 0.87 ? 'abort' : what < 0.97 ? 'error' : what < 0.995 ? 'timeout' : 'cut'
    return { scope, mishap }
  })
}

/** Sends the requests, many at once, and returns the rows that were seen by somebody they are not of. */
async function leaks(read: (scope: readonly AccountId[], mishap: Mishap) => Promise<readonly string[]>) {
  const waiting = plan().values()
  let answered = 0
  const leaked: string[] = []
  async function sendInTurn() {
    for (const { scope, mishap } of waiting) {
      const seen = await read(scope, mishap).catch(() => undefined)
      if (seen) answered++
      leaked.push(...(seen ?? []).filter((account) => !scope.includes(account as AccountId)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendInTurn))
  return { answered, leaked }
}

describe('two accounts that share one connection', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 1 })
  beforeAll(() => makeTwoAccounts(database))

  const accountsOf = async (tx: Tx) => {
    const rows = await tx.selectFrom('grants').select('account_id').execute()
    return rows.map(({ account_id }) => account_id)
  }

  test('never see rows of each other, through errors, aborts, timeouts and lost connections', async () => {
    const { answered, leaked } = await leaks((scope, mishap) =>
      transaction(
        db,
        scope,
        async (tx) => {
          const seen = await accountsOf(tx)
          if (mishap === 'abort') throw new Error('the client went away')
          if (mishap === 'error') await sql`select 1 / 0`.execute(tx)
          if (mishap === 'timeout') await sql`select pg_sleep(1)`.execute(tx)
          if (mishap === 'cut') {
            const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
            await database.asOwner('select pg_terminate_backend($1)', [rows[0]?.pid])
          }
          return [...seen, ...(await accountsOf(tx))]
        },
        mishap === 'timeout' ? { statementTimeout: 5 } : {},
      ),
    )

    expect(leaked).toEqual([])
    expect(answered).toBeGreaterThan(requests * 0.7)
  })

  describe('and whose settings outlive the transaction, as a control,', () => {
    const pool = new Pool({ connectionString: database.url, max: 1 })
    pool.on('error', () => {})
    afterAll(() => pool.end())

    test('do see rows of each other', async () => {
      const { leaked } = await leaks(async (scope, mishap) => {
        const client = await pool.connect()
        try {
          const settings =
            scope.length > 0 && `, set_config('keyholder.accounts', '${scope.join(',')}', false)`
          await client.query(`begin; select set_config('role', 'keyholder_app', false)${settings || ''}`)
          const { rows } = await client.query<{ account_id: string }>('select account_id from grants')
          if (mishap !== 'none') throw new Error('something went wrong')
          await client.query('commit')
          return rows.map(({ account_id }) => account_id)
        } catch (error) {
          await client.query('rollback')
          throw error
        } finally {
          client.release()
        }
      })

      expect(leaked.length).toBeGreaterThan(0)
    })
  })
})
