import {
  canonicalJson,
  chainStart,
  eventHash,
  nextLink,
  type AccountId,
  type ChainHead,
  type EventContent,
  type Json,
} from '@keyholder/core'
import { sha256 } from './sha256.ts'

/** Where the logs of accounts end; that of an account which is not named is empty. */
export type LogHeads = ReadonlyMap<AccountId, ChainHead>

/** A row of an account's log. */
interface LogEntry {
  readonly account: AccountId
  readonly sequence: number
  readonly content: string
  readonly hash: string
  readonly link: string
}

export interface ContinuedLogs {
  readonly entries: readonly LogEntry[]
  readonly ends: LogHeads
}

const emptyLog: ChainHead = { sequence: 0, link: chainStart }

/**
 * Puts events at the end of the log of every account that they name, in their order: the same content has the same
 * hash in each log, and in each its own link.
 */
export function continueLogs(heads: LogHeads, events: readonly EventContent[]): ContinuedLogs {
  const ends = new Map<AccountId, ChainHead>()
  const entries = events.flatMap((event) => {
    const content = canonicalJson(event as unknown as Json)
    const hash = eventHash(event, sha256)
    return [...new Set(event.accounts)].map((account) => {
      const last = ends.get(account) ?? heads.get(account) ?? emptyLog
      const end = { sequence: last.sequence + 1, link: nextLink(last.link, hash, sha256) }
      ends.set(account, end)
      return { account, content, hash, ...end }
    })
  })
  return { entries, ends }
}
