import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@keyholder/core'
import type { Preview } from '@keyholder/contract'
import type { z } from 'zod'
import type { ChangeCall } from './change-call.ts'
import { differences } from './differences.ts'
import type { After } from './judge-plan.ts'
import { revisionTokens } from './revision-token.ts'
import type { Scene } from './scene.ts'

/**
 * What a change would do, and a hash that stands for it.
 *
 * The hash is of the request, of the revisions that it was computed at and of who gains and loses; in it, an id that is made
 * anew each time stands as its place, so that applying the same request to the same world has the same hash.
 */
export function previewOf(scene: Scene, call: ChangeCall, after: After): z.input<typeof Preview> {
  const revision = revisionTokens(scene.revisions)
  const { gains, loses } = differences(scene, after)
  const content = [call.conditions.requestHash, revision, gains, loses] as unknown as Json
  return { preview: { hash: hashOf(scene, content), revision, gains, loses, seats: [] } }
}

function hashOf({ newIds }: Scene, content: Json): string {
  const text = newIds.reduce((rest, id, place) => rest.replaceAll(id, `new ${place}`), canonicalJson(content))
  return createHash('sha256').update(text).digest('base64url')
}
