import type { FastifyBaseLogger } from 'fastify'
import {
  pruneAttempts,
  pruneChallenges,
  pruneIdempotencyKeys,
  pruneJournal,
  pruneOneTimeTokens,
  pruneSessions,
  pruneSsoFlows,
  transaction,
  type Database,
} from '@keyholder/storage'

const everyHour = 3_600_000
const oneDay = 24 * everyHour

/** Now and then drops what is of no more use; nothing depends on when. Returns how to stop it. */
export function startHousekeeping(db: Database, log: FastifyBaseLogger): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = tidy(db).catch((error: unknown) =>
      log.warn({ err: error }, 'what is of no more use was not dropped'),
    )
  }, everyHour)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

async function tidy(db: Database): Promise<void> {
  const dayBefore = new Date(Date.now() - oneDay)
  await transaction(db, 'deployment', async (tx) => {
    await pruneIdempotencyKeys(tx, dayBefore)
    await pruneJournal(tx, dayBefore)
    await pruneAttempts(tx)
    await pruneSessions(tx)
    await pruneChallenges(tx)
    await pruneOneTimeTokens(tx)
    await pruneSsoFlows(tx)
  })
}
