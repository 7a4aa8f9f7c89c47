import { createHash } from 'node:crypto'
import type { z } from 'zod'
import {
  billedMore,
  canonicalJson,
  previewContent,
  type Json,
  type SeatChange,
  type UserId,
} from '@keyholder/core'
import { mostPreviewed, type Preview } from '@keyholder/contract'
import type { ChangeCall } from './change-call.ts'
import type { ChangePlan } from './change-plan.ts'
import { acceptanceOf } from './acceptance-preview.ts'
import { comparePlan } from './compare-plan.ts'
import { differencesIn } from './difference-form.ts'
import type { After } from './judge-plan.ts'
import { revisionTokens } from './revision-token.ts'
import type { Scene } from './scene.ts'
import { Turns } from './turns.ts'

type PreviewBody = z.input<typeof Preview>
type Differences = PreviewBody['preview']['gains']
type Seats = PreviewBody['preview']['seats'][number]

/**
 * What a change would do, and a hash that stands for exactly this.
 *
 * Of an edit that concerns a hundred thousand people the beginning is shown and everything is counted and hashed, and
 * other requests are answered meanwhile.
 */
export async function previewOf(
  scene: Scene,
  call: ChangeCall,
  { access = [], promised }: Pick<ChangePlan<never>, 'access' | 'promised'>,
  after: After,
): Promise<PreviewBody> {
  const hash = new PreviewHash(scene.newIds)
  hash.add([call.conditions.requestHash, revisionTokens(scene.revisions)])
  const [gains, loses] = [new Shown<Differences[number]>(), new Shown<Differences[number]>()]
  const people = new Set<UserId>()
  const seats: Seats[] = []
  const turns = new Turns()

  for (const compared of comparePlan(scene, access, after)) {
    hash.add(previewContent(scene.directory.blueprint, compared))
    for (const person of compared.people) {
      if (turns.isOver) await turns.pass()
      if (!person) continue
      hash.add(person as unknown as Json)
      people.add(person.user)
      gains.add(differencesIn(person, ({ gained }) => gained))
      loses.add(differencesIn(person, ({ lost }) => lost))
    }
    const changed = new Shown<SeatChange>()
    let billed = 0
    for (const seat of compared.seats) {
      if (turns.isOver) await turns.pass()
      if (!seat) continue
      hash.add(seat as unknown as Json)
      changed.add([seat])
      billed += billedMore(seat)
    }
    const { first, total } = changed
    seats.push({ account: compared.account, billed, changed: first.map(seatForm), total })
  }

  const atAcceptance = promised?.slice(0, mostPreviewed).map((one) => acceptanceOf(scene, one))
  hash.add(atAcceptance ?? [])
  return {
    preview: {
      hash: hash.digest(),
      revision: revisionTokens(scene.revisions),
      gains: gains.first,
      loses: loses.first,
      totals: { gains: gains.total, loses: loses.total, people: people.size },
      seats,
      ...(atAcceptance && { at_acceptance: atAcceptance }),
    },
  }
}

/** The beginning of a list, and how long it is. */
class Shown<Entry> {
  readonly first: Entry[] = []
  total = 0

  add(entries: readonly Entry[]): void {
    this.total += entries.length
    const room = mostPreviewed - this.first.length
    if (room > 0) this.first.push(...entries.slice(0, room))
  }
}

/**
 * The hash of the request, of the revisions and of the outcome. An id that is made anew each time stands in it as its
 * place, so that the same request on the same world has the same hash.
 */
class PreviewHash {
  readonly #hash = createHash('sha256')
  readonly #newIds: readonly string[]

  constructor(newIds: readonly string[]) {
    this.#newIds = newIds
  }

  add(content: Json): void {
    const text = this.#newIds.reduce(
      (rest, id, place) => rest.replaceAll(id, `new ${place}`),
      canonicalJson(content),
    )
    this.#hash.update(`${text}\n`)
  }

  digest(): string {
    return this.#hash.digest('base64url')
  }
}

function seatForm({ user, before, after }: SeatChange): Seats['changed'][number] {
  return {
    user,
    before: before ? { reason: before.reason, billed: before.billed } : null,
    after: after ? { reason: after.reason, billed: after.billed } : null,
  }
}
