import type { EventContent, KeyId } from '@keyholder/core'
import { type App } from '@keyholder/server'
import { type Database } from '@keyholder/storage'
import { type World } from '@keyholder/world'
import { type TestDatabase } from '../database/test-database.ts'
import { type TestClient } from './test-client.ts'
import { type TestKey, type WantedKey } from './test-keys.ts'
export interface TestServer {
  readonly app: App
  readonly db: Database
  readonly database: TestDatabase
  readonly world: World
  /** The deployment's owner. */
  readonly operator: TestClient
  readonly operatorKey: TestKey
  /** Nobody: no key at all. */
  readonly anonymous: TestClient
  /** A person of the world by key, for whom the deployment key vouches. */
  as(user: string): TestClient
  /** A new key, and a client that sends it. */
  withKey(key: WantedKey): Promise<{
    readonly client: TestClient
    readonly id: KeyId
  }>
  /** The events in an account's log, by its slug, in their order. */
  events(slug: string): Promise<readonly EventContent[]>
  /** The revision that an account is at, by its slug. */
  revision(slug: string): Promise<number>
}
export interface TestServerOptions {
  readonly world?: World
  readonly bodyLimit?: number
  /** Called with each line that the server logs. */
  readonly onLog?: (line: string) => void
}
/** The real application on a database of its own, with a world in it; gone when the tests of the file are over. */
export declare function startTestServer(options?: TestServerOptions): Promise<TestServer>
