import { createServer, connect, type Server, type Socket } from 'node:net'
import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase, closeDatabase } from './open-database.ts'
import { transaction, type Tx } from './transaction.ts'

/** A line to the database that can go silent without being closed, as when a cable is cut. */
async function lineTo(url: string) {
  const target = new URL(url)
  const socketFolder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let silent = false
  const server: Server = createServer((near) => {
    const port = Number(target.port || 5432)
    const far = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${port}`) : connect(port, target.hostname)
    sockets.add(near).add(far)
    near
      .on('data', (data) => silent || far.write(data))
      .on('error', () => {})
      .on('close', () => far.destroy())
    far
      .on('data', (data) => silent || near.write(data))
      .on('error', () => {})
      .on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const through = new URL(url)
  through.host = `127.0.0.1:${port}`
  through.searchParams.delete('host')
  return {
    url: through.href,
    silence: (on: boolean) => void (silent = on),
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

const one = (tx: Tx) => sql<{ one: number }>`select 1 as one`.execute(tx).then(({ rows }) => rows)
const acme = 'acc_acme' as AccountId

describe('a database that goes silent', async () => {
  const database = await testDatabase()
  const line = await lineTo(database.url)
  const db = openDatabase({ url: line.url, poolSize: 2 })
  afterAll(async () => {
    line.close()
    await closeDatabase(db)
  })

  test('is given up within a second, on a connection that was fine before', async () => {
    expect(await transaction(db, [acme], one)).toEqual([{ one: 1 }])
    line.silence(true)
    const before = performance.now()

    await expect(transaction(db, [acme], one)).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    expect(performance.now() - before).toBeLessThan(1_200)
  })

  test('is given up within a second on a new connection too', async () => {
    const before = performance.now()

    await expect(transaction(db, [acme], one)).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    expect(performance.now() - before).toBeLessThan(1_200)
  })

  test('is used again as soon as it speaks', async () => {
    line.silence(false)

    expect(await transaction(db, [acme], one)).toEqual([{ one: 1 }])
  })
})
