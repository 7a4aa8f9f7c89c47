import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { canonicalJson, previewContent, type Json, type PersonDifference } from '@keyholder/core'
import type { Preview } from '@keyholder/contract'
import type { ChangeCall } from './change-call.ts'
import type { AccountChanges } from './change-plan.ts'
import { comparePlan, type Compared } from './compare-plan.ts'
import type { After } from './judge-plan.ts'
import { revisionTokens } from './revision-token.ts'
import type { Scene } from './scene.ts'

type PreviewBody = z.input<typeof Preview>

/** What a change would do, and a hash that stands for exactly this. */
export function previewOf(
  scene: Scene,
  call: ChangeCall,
  access: readonly AccountChanges[],
  after: After,
): PreviewBody {
  const compared = comparePlan(scene, access, after)
  const people = compared.flatMap((account) => account.people)
  return {
    preview: {
      hash: hashOf(scene, call, compared),
      revision: revisionTokens(scene.revisions),
      gains: people.flatMap((person) => placesOf(person, ({ gained }) => gained)),
      loses: people.flatMap((person) => placesOf(person, ({ lost }) => lost)),
      seats: compared.map(({ account, seats }) => ({
        account,
        billed: seats.billed,
        changed: seats.changed.map(({ user, before, after: then }) => ({
          user,
          before: before ? { reason: before.reason, billed: before.billed } : null,
          after: then ? { reason: then.reason, billed: then.billed } : null,
        })),
      })),
    },
  }
}

/** An organization in which nothing changes is told where otherwise the whole account would speak for it. */
function placesOf(
  { user, account, places }: PersonDifference,
  side: (place: PersonDifference['places'][number]) => readonly string[],
): PreviewBody['preview']['gains'] {
  const isEverywhere = places.some((place) => place.organization === undefined && side(place).length > 0)
  return places
    .filter((place) => side(place).length > 0 || (isEverywhere && place.organization !== undefined))
    .map((place) => ({
      user,
      account,
      organization: place.organization ?? null,
      permissions: [...side(place)],
    }))
}

/**
 * The hash of the request, of the revisions and of the outcome. An id that is made anew each time stands in it as its
 * place, so that the same request on the same world has the same hash.
 */
function hashOf(
  { directory, newIds, revisions }: Scene,
  call: ChangeCall,
  compared: readonly Compared[],
): string {
  const content = canonicalJson([
    call.conditions.requestHash,
    revisionTokens(revisions),
    previewContent(directory.blueprint, compared),
  ] as Json)
  const text = newIds.reduce((rest, id, place) => rest.replaceAll(id, `new ${place}`), content)
  return createHash('sha256').update(text).digest('base64url')
}
