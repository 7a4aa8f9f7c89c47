import { beforeAll, expect, test } from 'vitest'
import type { AccessChange, GrantId, RoleId } from '@keyholder/core'
import { startTestNode, startTestServer, type TestNode } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

/*
 * No new enemy: an answer to a question with a revision is never older than it.
 *
 * Several clients change one grant and ask about it, each on whichever of two nodes chance picks, and tell each other
 * what they have seen. One of the nodes hears of nothing by itself. Afterwards every answer is held against what was
 * true at the revision that it says it comes from.
 */

const acme = worldIds.account('acme')
const nora = worldIds.user('nora')
const noras = 'grt_noras' as GrantId
const steps = 120

let nodes: readonly TestNode[]
beforeAll(async () => {
  const server = await startTestServer()
  // Time stands still for it, so that it never finds that it has heard nothing for too long.
  const deaf = startTestNode(server, { isDeaf: true, time: { monotonic: () => 0, wall: () => 0 } })
  nodes = [startTestNode(server), deaf]
})

interface Answer {
  readonly decision: boolean
  /** What the answer says it was computed at. */
  readonly at: number
  /** What the client had seen before it asked. */
  readonly seen: number
}

/** Runs one history, and returns the answers that are older than their client knew, or untrue. */
async function violations(
  seed: number,
  { clients, sendsRevisions }: { readonly clients: number; readonly sendsRevisions: boolean },
): Promise<readonly Answer[]> {
  const random = generator(seed)
  const truth = new Map<number, boolean>()
  const answers: Answer[] = []
  const start = await write(nodes[0] as TestNode, false, truth)
  let gossip = start

  const client = async () => {
    let seen = start
    for (let step = 0; step < steps; step++) {
      const node = nodes[random() < 0.5 ? 0 : 1] as TestNode
      if (random() < 0.2) seen = Math.max(seen, gossip)
      if (random() < 0.3) {
        seen = await write(node, random() < 0.5, truth)
        gossip = Math.max(gossip, seen)
      } else {
        const answer = await ask(node, seen, sendsRevisions)
        answers.push({ ...answer, seen })
        seen = Math.max(seen, answer.at)
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return answers.filter(({ at, seen, decision }) => at < seen || truth.get(at) !== decision)
}

async function write(node: TestNode, isGiven: boolean, truth: Map<number, boolean>): Promise<number> {
  const change: AccessChange = isGiven
    ? {
        kind: 'grant_set',
        grant: { id: noras, subject: { kind: 'user', id: nora }, role: 'viewer' as RoleId },
      }
    : { kind: 'grant_removed', id: noras }
  const revision = revisionIn(await node.change(acme, [change]))
  truth.set(revision, isGiven)
  return revision
}

async function ask(node: TestNode, seen: number, sendsRevision: boolean) {
  const reply = await node.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: nora },
    action: { name: 'view' },
    resource: { type: 'asset', id: '7', properties: { account: 'acme' } },
    ...(sendsRevision && { context: { at_least: `${acme}:${seen}` } }),
  })
  const { decision, context } = reply.json<{ decision: boolean; context: { revision: string } }>()
  return { decision, at: revisionIn(context.revision) }
}

function revisionIn(token: string): number {
  return Number(token.split(':')[1])
}

/** Mulberry32: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

test.each([1, 2, 3])(
  'no answer is older than the revision its question carries (history %i)',
  async (seed) => {
    expect(await violations(seed, { clients: 4, sendsRevisions: true })).toEqual([])
  },
)

test('a history in which revisions are not sent shows answers that are older', async () => {
  expect((await violations(4, { clients: 1, sendsRevisions: false })).length).toBeGreaterThan(0)
})
