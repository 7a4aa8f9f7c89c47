import type { FastifyBaseLogger } from 'fastify'
import type { Blueprint } from '@keyholder/core'
import type { Database } from '@keyholder/storage'
import { databaseSource } from './access/replica/database-source.ts'
import { followDatabase } from './access/replica/follow-database.ts'
import { nodeTime, type NodeTime } from './access/replica/node-time.ts'
import { Replica, type ReplicaLimits } from './access/replica/replica.ts'
import { usualLimits } from './access/replica/usual-limits.ts'

export interface ReplicaOptions {
  readonly db: Database
  /** Of the server itself, and not of a pooler that shares connections: it is listened on. */
  readonly url: string
  readonly blueprint: Blueprint
  readonly log: FastifyBaseLogger
  readonly limits?: Partial<ReplicaLimits>
  /** The node's own clocks, where they are not those of the machine. */
  readonly time?: NodeTime
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
}: ReplicaOptions): OpenReplica {
  const bounds = { ...usualLimits, ...limits }
  const warn = (message: string, facts: Readonly<Record<string, unknown>>) => log.warn(facts, message)
  const replica = new Replica({
    blueprint,
    source: databaseSource(db, blueprint),
    time,
    limits: bounds,
    warn,
  })
  const following = followDatabase(replica, { url, confirmEvery: bounds.confirmEvery, warn })
  return { replica, stop: () => following.stop() }
}
