import type { FastifyBaseLogger } from 'fastify'
import type { Blueprint } from '@keyholder/core'
import type { Database } from '@keyholder/storage'
import type { AccessSource } from './access/replica/access-source.ts'
import { databaseSource } from './access/replica/database-source.ts'
import { followDatabase } from './access/replica/follow-database.ts'
import { nodeTime, type NodeTime } from './access/replica/node-time.ts'
import { Replica, type ReplicaLimits } from './access/replica/replica.ts'
import { usualLimits } from './access/replica/usual-limits.ts'

export interface ReplicaOptions {
  readonly db: Database
  /**
   * Of the server itself, and not of a pooler that shares connections: it is listened on. A replica without one follows
   * nothing by itself.
   */
  readonly url?: string | undefined
  readonly blueprint: Blueprint
  readonly log: FastifyBaseLogger
  readonly limits?: Partial<ReplicaLimits>
  /** The node's own clocks, where they are not those of the machine. */
  readonly time?: NodeTime
  /** Tells what is taken for the database's time, in milliseconds since 1970; the database is asked where left out. */
  readonly databaseTime?: (() => number) | undefined
}

/** A replica that follows its database until it is stopped. */
export interface OpenReplica {
  readonly replica: Replica
  readonly stop: () => Promise<void>
}

/** Opens the node's memory of who has access to what. */
export function openReplica({
  db,
  url,
  blueprint,
  log,
  limits,
  time = nodeTime,
  databaseTime,
}: ReplicaOptions): OpenReplica {
  const bounds = { ...usualLimits, ...limits }
  const warn = (message: string, facts: Readonly<Record<string, unknown>>) => log.warn(facts, message)
  const source = databaseSource(db, blueprint)
  const replica = new Replica({
    blueprint,
    source: databaseTime ? { ...source, heads: timed(source, databaseTime) } : source,
    time,
    limits: bounds,
    warn,
  })
  if (url === undefined) return { replica, stop: async () => {} }
  const following = followDatabase(replica, { url, confirmEvery: bounds.confirmEvery, warn })
  return { replica, stop: () => following.stop() }
}

function timed(source: AccessSource, databaseTime: () => number): AccessSource['heads'] {
  return async (accounts) => ({ ...(await source.heads(accounts)), databaseTime: databaseTime() })
}
