import type { Bounds } from '@keyholder/core'

/** A start and an end as requests write them. */
export interface WantedBounds {
  readonly starts_at?: string | undefined
  readonly ends_at?: string | undefined
}

export function boundsWanted({ starts_at, ends_at }: WantedBounds): Bounds {
  return { startsAt: moment(starts_at), endsAt: moment(ends_at) }
}

function moment(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text)
}
