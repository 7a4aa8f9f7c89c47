import { afterAll } from 'vitest'
import type { AccessChange, AccountId } from '@keyholder/core'
import {
  AfterAnswer,
  buildApp,
  ConnectionUses,
  HashQueue,
  newId,
  openReplica,
  type App,
  type ReplicaOptions,
} from '@keyholder/server'
import {
  closeDatabase,
  lockAccounts,
  openDatabase,
  transaction,
  writeChanges,
  type Database,
} from '@keyholder/storage'
import { pino } from 'pino'
import { publicUrl } from './sign-in.ts'
import { patient } from '../database/test-database.ts'
import { patientLimits, resolveIn, type TestServer } from './start-test-server.ts'
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
  /** How the node reaches the database: a way that may be cut, on which it waits no longer than in production. */
  readonly url?: string
  /** How the node hears of changes; the same way where left out. */
  readonly listenUrl?: string
  /** Neither hears of a change nor asks for one by itself. */
  readonly isDeaf?: boolean
  /** What it takes for the time, of its own and of the database; it is deaf, so that nothing happens beside. */
  readonly clock?: TestClock
}

/** Milliseconds since 1970, as a test sets them. */
export interface TestClock {
  now: number
}

/** One more node on the database of a test server; gone when the tests of the file are over. */
export function startTestNode(server: TestServer, options: TestNodeOptions = {}): TestNode {
  const { url, listenUrl = url ?? server.database.url, isDeaf = false, clock } = options
  const time = clock ? { monotonic: () => clock.now, wall: () => clock.now } : options.time
  const { blueprint } = server.world
  const log = pino({ level: 'silent' })
  const db =
    url === undefined ? openDatabase({ url: server.database.url, ...patient }) : openDatabase({ url })
  const limits = { ...(url === undefined && patientLimits), ...options.limits }
  const open = openReplica({
    db,
    url: isDeaf || clock ? undefined : listenUrl,
    databaseTime: clock && (() => clock.now),
    blueprint,
    log,
    limits,
    ...(time && { time }),
  })
  const { replica } = open
  const passwords = new HashQueue()
  const afterAnswer = new AfterAnswer(log)
  const connectionUses = new ConnectionUses(db)
  const app = buildApp({
    db,
    replica,
    blueprint,
    publicUrl,
    bodyLimit: 1_048_576,
    cursorSecret: Buffer.alloc(32, 7),
    newId,
    connectionUses,
    passwords,
    sealing: server.sealing,
    outside: server.outside,
    resolveTxt: resolveIn(server.zone),
    afterAnswer,
    version: '0.0.0-test',
    log,
    checksAnswers: true,
  })
  const stop = once(async () => {
    await app.http.close()
    await afterAnswer.settled()
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
