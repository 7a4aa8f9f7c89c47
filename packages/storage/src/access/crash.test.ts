import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '@keyholder/testkit/database'
import { describe, expect, test } from 'vitest'
import { verifyEvents } from '../audit/verify-events.ts'
import { transaction } from '../database/transaction.ts'
import { acme, makeTeam } from '../team.fixture.ts'

const writer = fileURLToPath(new URL('./busy-writer.fixture.ts', import.meta.url))
const rounds = 6

/** Lets a process write until that many changes were acknowledged, then kills it in the middle of its work. */
async function writeAndKill(url: string, acknowledged: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const closed = once(lines, 'close')
  const ids: string[] = []
  lines.on('line', (id) => {
    if (ids.push(id) === acknowledged) child.kill('SIGKILL')
  })
  await Promise.all([once(child, 'exit'), closed])
  return ids
}

describe('a process that is killed while it writes', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTeam(db, Date.now())

  const underWay = () =>
    database.asOwner(
      `select pid from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    )

  test('has lost nothing that was acknowledged, and left nothing half done', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      acknowledged.push(...(await writeAndKill(database.url, 10 + 7 * round)))
    }
    // What was sent before the last kill may still be carried out.
    await expect.poll(underWay).toEqual([])

    const [kept] = await database.asOwner<
      Record<'organizations' | 'events' | 'mails' | 'journal', string[]>
    >(`
      select array(select substr(id, 5) from organizations where id not in ('org_rome', 'org_milan') order by 1) as organizations,
             array(select substr(id, 5) from events order by 1) as events,
             array(select substr(id, 6) from outbox order by 1) as mails,
             array(select substr(changes -> 0 ->> 'id', 5) from changes where revision > 1 and account_id = 'acc_acme' order by 1) as journal`)
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(kept?.organizations).toEqual(expect.arrayContaining(acknowledged))
    expect(kept?.events).toEqual(kept?.organizations)
    expect(kept?.mails).toEqual(kept?.organizations)
    expect(kept?.journal).toEqual(kept?.organizations)

    const [account] = await database.asOwner<{ revision: number }>(
      `select revision::int from accounts where id = 'acc_acme'`,
    )
    expect(account?.revision).toBe((kept?.organizations.length ?? 0) + 1)
    expect(
      await transaction(db, [acme], (tx) => verifyEvents(tx, acme), { readOnly: true, snapshot: true }),
    ).toMatchObject({ ok: true, value: { sequence: kept?.events.length } })
  })
})
