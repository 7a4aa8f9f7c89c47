import { afterAll } from 'vitest'
import type { AccountId, EventContent, KeyId } from '@keyholder/core'
import {
  AfterAnswer,
  buildApp,
  ConnectionUses,
  HashQueue,
  newId,
  openReplica,
  openSealing,
  openOutside,
  nowhereInside,
  readAllowedPlaces,
  type Outside,
  type App,
  type Sealing,
} from '@keyholder/server'
import { closeDatabase, openDatabase, openDeployment, transaction, type Database } from '@keyholder/storage'
import { worldIds, type World } from '@keyholder/world'
import { pino } from 'pino'
import { testDatabase, type TestDatabase } from '../database/test-database.ts'
import { loadWorld } from './load-world.ts'
import { browserOf, publicUrl, signInAs } from './sign-in.ts'
import { smallWorld } from './small-world.ts'
import { testClient, type TestClient } from './test-client.ts'
import { makeKey, type TestKey, type WantedKey } from './test-keys.ts'

export interface TestServer {
  readonly app: App
  readonly db: Database
  readonly database: TestDatabase
  readonly world: World
  /** The deployment's owner. */
  readonly operator: TestClient
  readonly operatorKey: TestKey
  /** What seals this deployment's small secrets. */
  readonly sealing: Sealing
  readonly outside: Outside
  /** The texts in the DNS that the server asks, by name. */
  readonly zone: Map<string, readonly (readonly string[])[]>
  /** When everything is done that answers did not wait for. */
  settled(): Promise<void>
  /** Nobody: no key at all. */
  readonly anonymous: TestClient
  /** A person of the world by key, for whom the deployment key vouches. */
  as(user: string): TestClient
  /** A page in the browser of somebody who is not signed in. */
  readonly browser: TestClient
  /** A person of the world by key, with a session of their own that began by password. */
  signIn(user: string): Promise<TestClient>
  /** A new key, and a client that sends it. */
  withKey(key: WantedKey): Promise<{ readonly client: TestClient; readonly id: KeyId }>
  /** What this node remembers of who came through which connection, to be written down. */
  readonly connectionUses: ConnectionUses
  /** The events in an account's log, by its slug, in their order. */
  events(slug: string): Promise<readonly EventContent[]>
  /** The revision that an account is at, by its slug. */
  revision(slug: string): Promise<number>
}

/** How long a question waits on a machine that runs many tests at once. */
export const patientLimits = { answerWithin: 60_000, loadWithin: 60_000 } as const

export interface TestServerOptions {
  readonly world?: World
  readonly bodyLimit?: number
  /** Leads the server to its database, as through a line that can be cut, and on which it waits as in production. */
  readonly through?: (url: string) => Promise<string>
  /** How mails leave; where left out they wait in the outbox. */
  readonly mail?: { readonly product: string; readonly isSent: boolean }
  /** Called with each line that the server logs. */
  readonly onLog?: (line: string) => void
}

/** The real application on a database of its own, with a world in it; gone when the tests of the file are over. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const world = options.world ?? smallWorld()
  const database = await testDatabase()
  const db = database.open()
  const { blueprint } = world
  const deployment = await transaction(db, 'deployment', (tx) =>
    openDeployment(tx, {
      id: 'test',
      blueprint: { name: blueprint.name, resources: {}, roles: {} },
      blueprintHash: 'test',
    }),
  )
  await loadWorld(db, world)

  const log = pino({ level: 'info' }, { write: options.onLog ?? (() => {}) })
  const url = options.through ? await options.through(database.url) : database.url
  const serverDb = options.through ? openDatabase({ url }) : db
  const limits = options.through ? {} : patientLimits
  const { replica, stop } = openReplica({ db: serverDb, url, blueprint, log, limits })
  const passwords = new HashQueue()
  const sealing = await openSealing(db)
  // Providers that tests script are on this machine, which may be busy.
  const outside = openOutside({
    allowed: readAllowedPlaces('127.0.0.1, localhost') ?? nowhereInside,
    longest: 60_000,
  })
  const zone: TestServer['zone'] = new Map()
  const afterAnswer = new AfterAnswer(log)
  const connectionUses = new ConnectionUses(serverDb)
  const app = buildApp({
    db: serverDb,
    replica,
    blueprint,
    publicUrl,
    bodyLimit: options.bodyLimit ?? 1_048_576,
    cursorSecret: deployment.cursorSecret,
    newId,
    connectionUses,
    passwords,
    sealing,
    outside,
    resolveTxt: resolveIn(zone),
    afterAnswer,
    version: '0.0.0-test',
    log,
    checksAnswers: true,
    mail: options.mail,
  })
  afterAll(async () => {
    await app.http.close()
    await afterAnswer.settled()
    await stop()
    if (serverDb !== db) await closeDatabase(serverDb)
  })

  const operatorKey = await makeKey(db, { scopes: ['*'] })
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
  const operator = testClient(app, bearer(operatorKey.secret))
  return {
    app,
    db,
    database,
    world,
    operator,
    operatorKey,
    sealing,
    outside,
    zone,
    connectionUses,
    settled: () => afterAnswer.settled(),
    anonymous: testClient(app, {}),
    as: (user) => operator.with({ 'keyholder-act-as': worldIds.user(user) }),
    browser: browserOf(app),
    signIn: async (user) => {
      const [person] = await database.asOwner<{ email: string }>('select email from users where id = $1', [
        worldIds.user(user),
      ])
      return signInAs(app, db, worldIds.user(user), person?.email ?? '')
    },
    withKey: async (wanted) => {
      const { id, secret } = await makeKey(db, wanted)
      return { id, client: testClient(app, bearer(secret)) }
    },
    events: async (slug) => {
      const rows = await database.asOwner<{ content: string }>(
        'select content from events where account_id = $1 order by seq',
        [worldIds.account(slug)],
      )
      return rows.map(({ content }) => JSON.parse(content) as EventContent)
    },
    revision: async (slug) => {
      const [row] = await database.asOwner<{ revision: string }>(
        'select revision from accounts where id = $1',
        [worldIds.account(slug) satisfies AccountId],
      )
      return Number(row?.revision)
    },
  }
}

/** As a name server that knows these names and no other. */
export function resolveIn(zone: TestServer['zone']) {
  return async (name: string) => {
    const texts = zone.get(name)
    if (!texts) throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
    return texts
  }
}
