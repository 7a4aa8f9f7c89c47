import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Blueprint } from '@keyholder/core'
import { openTransport } from '@keyholder/mail'
import {
  closeDatabase,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
  type Database,
} from '@keyholder/storage'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { ConnectionUses } from './access/connection-uses.ts'
import { startFlushing } from './flush-uses.ts'
import { startHousekeeping } from './housekeeping.ts'
import { newId } from './new-id.ts'
import { startDelivery } from './outbox/start-delivery.ts'
import { AfterAnswer } from './http/after-answer.ts'
import { openOutside } from './outgoing/outside.ts'
import { resolveTxtByDns } from './outgoing/resolve-txt.ts'
import { HashQueue } from './password/hash-queue.ts'
import { listedPasswords } from './password/listed-passwords.ts'
import { openSealing } from './sealing/open-sealing.ts'
import { settleBlueprint, type BlueprintChoice } from './settle-blueprint.ts'
import { openReplica } from './open-replica.ts'
import { startNotingExpiry } from './support/start-noting-expiry.ts'
import { version } from './version.ts'

export interface StartOptions extends BlueprintChoice {
  readonly log: FastifyBaseLogger
  /** Runs before the first request, on a database that is up to date: to bring a world in. */
  readonly prepare?: (db: Database, blueprint: Blueprint) => Promise<Prepared>
  /** Milliseconds until a transaction has to be under way; the usual where left out. */
  readonly patience?: number
  /** How a stopping node lets so many milliseconds pass while balancers take notice. */
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

export interface Prepared {
  /** Where the demo's keys and people are written down, where it is the demo that runs. */
  readonly demoFile?: string | undefined
}

export interface RunningServer {
  /** Where it listens. */
  readonly url: string
  /** Where it says it is. */
  readonly publicUrl: string
  readonly blueprint: Blueprint
  /** Stops in order: says that it is going, finishes what was begun, and lets go of the database. */
  close(): Promise<void>
}

/** Milliseconds that requests may still take once no more are taken. */
const longestDrain = 20_000

/**
 * Starts a node: the database (its own where none is named), the schema, the application, the port.
 *
 * Throws an `EmbeddedPostgresRefusal`, a `MigrationRefused` or a `DatabaseUnavailable`, each with a sentence for the
 * operator; what was begun is then stopped again.
 */
export async function startServer(config: Config, options: StartOptions): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = []
  const stopAll = async () => {
    for (const step of undo.toReversed()) await step()
  }
  try {
    return await bringUp(config, options, (step) => undo.push(step), stopAll)
  } catch (error) {
    await stopAll()
    throw error
  }
}

async function bringUp(
  config: Config,
  options: StartOptions,
  onStop: (step: () => Promise<unknown>) => void,
  stopAll: () => Promise<void>,
): Promise<RunningServer> {
  const { log, prepare, patience, pause = wait } = options
  const databaseUrl = config.databaseUrl ?? (await ownDatabase(config, log, onStop))
  await migrate(databaseUrl, { log: (sentence) => log.info(sentence) })

  const db = openDatabase({
    url: databaseUrl,
    ...(patience !== undefined && { patience }),
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
  })
  onStop(() => closeDatabase(db))
  const { blueprint, cursorSecret } = await settleBlueprint(db, options, log)
  const prepared = await prepare?.(db, blueprint)

  const { replica, stop } = openReplica({ db, url: databaseUrl, blueprint, log })
  onStop(stop)
  onStop(startHousekeeping(db, log))
  onStop(startNotingExpiry({ db, newId }, log))
  const connectionUses = new ConnectionUses(db)
  onStop(startFlushing(connectionUses, log))
  const { from, server: mailServer } = config.mail
  if (mailServer) {
    const origin = { publicUrl: config.publicUrl, product: from.name }
    onStop(startDelivery({ db, transport: openTransport(mailServer, from), origin, log }))
  }

  const passwords = new HashQueue()
  onStop(async () => passwords.close())
  const sealing = await openSealing(db)
  const afterAnswer = new AfterAnswer(log)
  onStop(() => afterAnswer.settled())
  const { publicUrl, bodyLimit, trustedProxies } = config
  const { http, readiness } = buildApp({
    db,
    replica,
    blueprint,
    publicUrl,
    bodyLimit,
    trustedProxies,
    cursorSecret,
    newId,
    connectionUses,
    passwords,
    sealing,
    outside: openOutside(config.outgoingAllow && { allowed: config.outgoingAllow }),
    resolveTxt: resolveTxtByDns(),
    afterAnswer,
    version,
    log,
    checksAnswers: false,
    mail: { product: from.name, isSent: mailServer !== undefined },
    demoFile: prepared?.demoFile,
  })
  // Before the first request, and not during somebody's.
  listedPasswords()
  onStop(() => finishRequests(http))
  const url = await http.listen({ port: config.port, host: config.host })
  onStop(async () => {
    readiness.stop()
    await pause(config.drainDelay)
  })
  return { url, publicUrl, blueprint, close: once(stopAll) }
}

/** Takes no more requests, and lets go of each connection as soon as nothing is under way on it. */
async function finishRequests(http: FastifyInstance): Promise<void> {
  const letGo = setInterval(() => http.server.closeIdleConnections(), 50)
  try {
    await Promise.race([
      http.close(),
      wait(longestDrain, undefined, { ref: false }).then(() => http.server.closeAllConnections()),
    ])
  } finally {
    clearInterval(letGo)
  }
}

async function ownDatabase(
  { dataFolder }: Config,
  log: FastifyBaseLogger,
  onStop: (step: () => Promise<unknown>) => void,
): Promise<string> {
  const server = await startEmbeddedPostgres({
    folder: dataFolder,
    log: (sentence) => log.info(sentence),
    onDown: (why) => log.error(why),
    onUp: () => log.info('The database is back.'),
  })
  onStop(() => server.stop())
  return server.url
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= work())
}
