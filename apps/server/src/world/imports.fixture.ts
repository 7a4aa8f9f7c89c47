import type { Result } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { blueprintFiles, parseWorld, type World } from '@keyholder/world'
import { newId } from '../new-id.ts'
import { exportWorld } from './export-world.ts'
import { importWorld } from './import-world.ts'

export const noon = Date.UTC(2026, 10, 21, 12)

/** A database to import into, and what an import did to it. */
export async function openImports() {
  const database = await testDatabase()
  const deps = { db: database.open(), newId }
  const read = (text: string): World =>
    valueOf(parseWorld(text, { file: 'w.yaml', blueprints: blueprintFiles('.'), now: noon }))

  return {
    asOwner: <Row>(sql: string, values?: readonly unknown[]) => database.asOwner<Row>(sql, values),
    deps,
    read,
    /** The accounts of a world, as they stand in its file. */
    worldOf: (accounts: string) => read(`blueprint: documentation\naccounts:\n${accounts}`),
    clear: () => database.asOwner('truncate accounts, users, deployment cascade'),
    imported: async (world: World) => valueOf(await importWorld(deps, world)),
    exported: async ({ blueprint, blueprintName, accounts }: World): Promise<World> => {
      const slugs = accounts.map(({ slug }) => slug)
      return valueOf(await exportWorld({ db: deps.db, blueprint, blueprintName }, slugs))
    },
    /** A sum over all that an import may write, so that nothing changes unseen. */
    everything: async (): Promise<unknown> => {
      const sums = tables.map(
        (table) => `(select md5(string_agg(t::text, ',' order by t::text)) from ${table} t) as ${table}`,
      )
      return database.asOwner(`select ${sums.join(', ')}`)
    },
  }
}

const tables = `accounts users memberships organizations roles role_organizations groups group_members grants
  connections events changes api_keys`.split(/\s+/)

function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
