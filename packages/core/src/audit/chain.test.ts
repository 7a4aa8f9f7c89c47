import { describe, expect, test } from 'vitest'
import type { AccountId, EventId, KeyId } from '../id.ts'
import { chain, eventHash, verifyChain } from './chain.ts'
import type { ChainedEvent, EventContent } from './event.ts'

/** Stands in for SHA-256: the chain only needs different texts to differ. */
const hash = (text: string) => `<${text.length}:${text}>`

const content = (change: Partial<EventContent> = {}): EventContent => ({
  id: 'evt_1' as EventId,
  at: 1_000,
  action: 'grant.create',
  outcome: 'done',
  actor: { kind: 'operator', key: 'key_1' as KeyId },
  accounts: ['acme' as AccountId],
  after: { role: 'viewer' },
  ...change,
})

function logOf(...actions: readonly string[]): ChainedEvent[] {
  const events: ChainedEvent[] = []
  for (const action of actions) {
    events.push(chain(events.at(-1), content({ id: `evt_${events.length}` as EventId, action }), hash))
  }
  return events
}

const log = logOf('member.invite', 'grant.create', 'grant.delete', 'role.edit')
const head = { sequence: 4, link: log[3]?.link ?? '' }

describe('a log that nobody touched', () => {
  test('is confirmed up to its newest event', () => {
    expect(verifyChain(log, hash)).toEqual({ ok: true, value: head })
  })

  test('is confirmed page by page', () => {
    const first = verifyChain(log.slice(0, 2), hash)
    if (!first.ok) throw new Error('expected the first page to verify')

    expect(verifyChain(log.slice(2), hash, first.value, head)).toEqual({ ok: true, value: head })
  })

  test('still holds an older checkpoint after it grew', () => {
    expect(verifyChain(log, hash, undefined, { sequence: 2, link: log[1]?.link ?? '' })).toMatchObject({
      ok: true,
    })
  })

  test('is confirmed when it is empty', () => {
    expect(verifyChain([], hash)).toEqual({ ok: true, value: { sequence: 0, link: '' } })
  })
})

describe('a log that was touched tells the first place', () => {
  const altered = (index: number, change: (event: ChainedEvent) => ChainedEvent) =>
    log.map((event, at) => (at === index ? change(event) : event))
  const rewritten = logOf('member.invite', 'grant.create', 'grant.delete', 'account.view')

  test.each([
    {
      what: 'a word was changed',
      events: altered(1, (event) => ({ ...event, content: { ...event.content, action: 'grant.view' } })),
      fault: { sequence: 2, reason: 'event_altered' },
    },
    {
      what: 'a word was changed and its hash with it',
      events: altered(1, (event) => {
        const changed = { ...event.content, action: 'grant.view' }
        return { ...event, content: changed, hash: eventHash(changed, hash) }
      }),
      fault: { sequence: 2, reason: 'link_altered' },
    },
    {
      what: 'an event was taken out',
      events: [...log.slice(0, 1), ...log.slice(2)],
      fault: { sequence: 2, reason: 'event_missing' },
    },
    { what: 'two were exchanged', events: log.toReversed(), fault: { sequence: 1, reason: 'event_missing' } },
    {
      what: 'one was put twice',
      events: [...log.slice(0, 2), ...log.slice(1)],
      fault: { sequence: 3, reason: 'event_missing' },
    },
    { what: 'its end was cut off', events: log.slice(0, 3), fault: { sequence: 4, reason: 'event_missing' } },
    { what: 'its end was written anew', events: rewritten, fault: { sequence: 4, reason: 'link_altered' } },
  ])('when $what', ({ events, fault }) => {
    expect(verifyChain(events, hash, undefined, head)).toEqual({
      ok: false,
      refusal: { code: 'chain_broken', ...fault },
    })
  })
})

test('an event has the same hash in both accounts, and another link', () => {
  const shared = content({ accounts: ['acme', 'nightowl'] as AccountId[] })
  const here = chain(log.at(-1), shared, hash)
  const there = chain(undefined, shared, hash)

  expect(here.hash).toBe(there.hash)
  expect(here.link).not.toBe(there.link)
})
