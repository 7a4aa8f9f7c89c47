import type { Bounds } from '@keyholder/core'

/** A start and an end as requests write them. */
export interface WantedBounds {
  readonly starts_at?: string | undefined
  readonly ends_at?: string | undefined
}

export function boundsWanted({ starts_at, ends_at }: WantedBounds): Bounds {
  return { startsAt: momentWanted(starts_at) ?? undefined, endsAt: momentWanted(ends_at) ?? undefined }
}

/** A moment of a request in milliseconds; `null` takes one away, and left out leaves it. */
export function momentWanted(text: string | null | undefined): number | null | undefined {
  return typeof text === 'string' ? Date.parse(text) : text
}
