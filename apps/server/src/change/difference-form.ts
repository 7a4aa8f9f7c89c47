import type { z } from 'zod'
import type { PersonDifference, PlaceDifference } from '@keyholder/core'
import type { Preview } from '@keyholder/contract'

export type DifferenceForms = z.input<typeof Preview>['preview']['gains']

/**
 * One side of what changes for somebody, as a preview tells it.
 *
 * An organization in which nothing changes is told where otherwise the whole account would speak for it.
 */
export function differencesIn(
  { user, account, places }: PersonDifference,
  side: (place: PlaceDifference) => readonly string[],
): DifferenceForms {
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
