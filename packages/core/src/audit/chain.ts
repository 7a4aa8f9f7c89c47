import { refuse, succeed, type Result } from '../result.ts'
import { canonicalJson, type Json } from './canonical-json.ts'
import type { ChainedEvent, EventContent } from './event.ts'

/** Hashes a text, as SHA-256 in lower-case hexadecimal digits. */
export type Hash = (text: string) => string

/** The link before an account's first event. */
export const chainStart = ''

/** The same content has the same hash in every account's log that it stands in. */
export function eventHash(content: EventContent, hash: Hash): string {
  return hash(canonicalJson(content as unknown as Json))
}

/** Binds an event to everything before it: changing or taking out an earlier one changes every later link. */
export function nextLink(previousLink: string, eventHashed: string, hash: Hash): string {
  return hash(previousLink + eventHashed)
}

/** Puts an event at the end of an account's chain; `last` is left out for the account's first event. */
export function chain(
  last: Pick<ChainedEvent, 'sequence' | 'link'> | undefined,
  content: EventContent,
  hash: Hash,
): ChainedEvent {
  const hashed = eventHash(content, hash)
  return {
    sequence: (last?.sequence ?? 0) + 1,
    content,
    hash: hashed,
    link: nextLink(last?.link ?? chainStart, hashed, hash),
  }
}

export interface ChainFault {
  readonly code: 'chain_broken'
  /** The first place at which the log is not what was written. */
  readonly sequence: number
  readonly reason: 'event_missing' | 'event_altered' | 'link_altered'
}

/** What is verified so far: the number of events, and the link that a checkpoint would sign. */
export interface ChainHead {
  readonly sequence: number
  readonly link: string
}

/**
 * Walks a log in its order and tells the first place where an event was altered, inserted or taken out.
 *
 * Goes on from `from`, so that a long log is verified page by page. Only who kept a link can notice that everything
 * after it was written anew, or that the end was cut off: pass it as `checkpoint`, with the page that it lies in.
 */
export function verifyChain(
  events: Iterable<ChainedEvent>,
  hash: Hash,
  from: ChainHead = { sequence: 0, link: chainStart },
  checkpoint?: ChainHead,
): Result<ChainHead, ChainFault> {
  let head = from
  for (const event of events) {
    const reason = faultAt(head, event, hash) ?? faultAgainst(checkpoint, event)
    if (reason) return refuse({ code: 'chain_broken', sequence: head.sequence + 1, reason })
    head = { sequence: event.sequence, link: event.link }
  }
  if (checkpoint && head.sequence < checkpoint.sequence) {
    return refuse({ code: 'chain_broken', sequence: head.sequence + 1, reason: 'event_missing' })
  }
  return succeed(head)
}

function faultAt(head: ChainHead, event: ChainedEvent, hash: Hash): ChainFault['reason'] | undefined {
  if (event.sequence !== head.sequence + 1) return 'event_missing'
  if (eventHash(event.content, hash) !== event.hash) return 'event_altered'
  return nextLink(head.link, event.hash, hash) === event.link ? undefined : 'link_altered'
}

function faultAgainst(
  checkpoint: ChainHead | undefined,
  event: ChainedEvent,
): ChainFault['reason'] | undefined {
  const isThere = checkpoint?.sequence === event.sequence
  return isThere && checkpoint.link !== event.link ? 'link_altered' : undefined
}
