import { afterAll } from 'vitest'
import type { AccessChange, AccountId } from '@keyholder/core'
import { buildApp, newId, openReplica, type App, type ReplicaOptions } from '@keyholder/server'
import {
  closeDatabase,
  lockAccounts,
  openDatabase,
  transaction,
  writeChanges,
  type Database,
} from '@keyholder/storage'
import { pino } from 'pino'
import type { TestServer } from './start-test-server.ts'
import { testClient, type TestClient } from './test-client.ts'

export interface TestNode {
  readonly app: App
  readonly db: Database
  readonly replica: ReturnType<typeof openReplica>['replica']
  /** The deployment's owner, asking this node. */
  readonly operator: TestClient
  /** Changes access as the pipeline does, and returns the revision that is acknowledged. */
  change(account: AccountId, changes: readonly AccessChange[]): Promise<string>
  stop(): Promise<void>
}

export interface TestNodeOptions extends Pick<ReplicaOptions, 'limits' | 'time'> {
  /** How the node reaches the database; the direct way where left out. */
  readonly url?: string
  /** How the node hears of changes; the same way where left out. */
  readonly listenUrl?: string
}

/** One more node on the database of a test server; gone when the tests of the file are over. */
export function startTestNode(server: TestServer, options: TestNodeOptions = {}): TestNode {
  const { url = server.database.url, listenUrl = url, limits, time } = options
  const { blueprint } = server.world
  const log = pino({ level: 'silent' })
  const db = openDatabase({ url })
  const open = openReplica({
    db,
    url: listenUrl,
    blueprint,
    log,
    ...(limits && { limits }),
    ...(time && { time }),
  })
  const { replica } = open
  const app = buildApp({
    db,
    replica,
    blueprint,
    publicUrl: 'http://localhost:4455',
    bodyLimit: 1_048_576,
    cursorSecret: Buffer.alloc(32, 7),
    newId,
    version: '0.0.0-test',
    log,
    checksAnswers: true,
  })
  const stop = once(async () => {
    await app.http.close()
    await open.stop()
    await closeDatabase(db)
  })
  afterAll(stop)

  return {
    app,
    db,
    replica,
    operator: testClient(app, { authorization: `Bearer ${server.operatorKey.secret}` }),
    change: async (account, changes) => {
      const revision = await transaction(db, [account], async (tx) => {
        await lockAccounts(tx, [account])
        return writeChanges(tx, blueprint, account, changes)
      })
      replica.committed(account, revision, changes)
      return `${account}:${revision}`
    },
    stop,
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
