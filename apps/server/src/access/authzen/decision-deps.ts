import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '@keyholder/storage'
import type { HttpDeps } from '../../http/http-deps.ts'
import { databaseNames, resultNames } from '../question/database-names.ts'
import { NameMemory } from '../question/name-memory.ts'
import { nodeTime } from '../replica/node-time.ts'
import type { Replica } from '../replica/replica.ts'
import type { ConnectionUses } from '../connection-uses.ts'
import type { DecisionRouteDeps } from './bind-decisions.ts'
import { CallerCache } from './caller-cache.ts'

interface Parts {
  readonly db: Database
  readonly replica: Replica
  readonly log: FastifyBaseLogger
  readonly cursorSecret: Buffer
  readonly connectionUses: ConnectionUses
}

/** What the decision endpoints run on: the replica, and beside it what this node remembers of names and keys. */
export function decisionDeps(
  { db, replica, log, cursorSecret, connectionUses }: Parts,
  http: HttpDeps,
): DecisionRouteDeps {
  return {
    ...http,
    replica,
    names: databaseNames(db),
    describe: resultNames(db),
    cursorSecret,
    connectionUses,
    memory: new NameMemory(),
    callers: new CallerCache(nodeTime, () => replica.credentials, {
      sureFor: 1_000,
      deafAfter: 5_000,
      keys: 10_000,
    }),
    answerWithin: replica.answerWithin,
    warn: (message, facts) => log.warn(facts, message),
  }
}
