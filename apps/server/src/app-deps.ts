import type { FastifyBaseLogger } from 'fastify'
import type { Blueprint } from '@keyholder/core'
import type { Database } from '@keyholder/storage'
import type { ConnectionUses } from './access/connection-uses.ts'
import type { Replica } from './access/replica/replica.ts'
import type { NewId } from './new-id.ts'
import type { AfterAnswer } from './http/after-answer.ts'
import type { Outside } from './outgoing/outside.ts'
import type { HashQueue } from './password/hash-queue.ts'
import type { ResolveTxt } from './outgoing/resolve-txt.ts'
import type { Sealing } from './sealing/sealing.ts'

/** Everything that the application runs on; each feature takes the part that it uses. */
export interface AppDeps {
  readonly db: Database
  readonly replica: Replica
  readonly blueprint: Blueprint
  /** Without a slash at its end; every address that leaves the server starts with it. */
  readonly publicUrl: string
  /** In bytes. */
  readonly bodyLimit: number
  readonly cursorSecret: Buffer
  readonly newId: NewId
  readonly connectionUses: ConnectionUses
  readonly passwords: HashQueue
  readonly sealing: Sealing
  /** The one way to other servers. */
  readonly outside: Outside
  /** Asks the world’s DNS, by which accounts prove their domains. */
  readonly resolveTxt: ResolveTxt
  readonly afterAnswer: AfterAnswer
  readonly version: string
  readonly log: FastifyBaseLogger
  /** Proxies that are believed about whom they send for; nobody is where left out. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Whether answers are held against the contract before they are sent, as in tests. */
  readonly checksAnswers: boolean
  /** How mails leave; where left out they wait in the outbox, to be read there. */
  readonly mail?: { readonly product: string; readonly isSent: boolean } | undefined
  /** Where the demo's keys and people are written down, on a node that runs the demo. */
  readonly demoFile?: string | undefined
}
