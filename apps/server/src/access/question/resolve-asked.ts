import type { Question } from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Asked } from './asked.ts'
import type { AtLeast } from './at-least.ts'
import { findHome, findOwner, findUser } from './find-person.ts'
import { findPlace, type Nowhere, type Place } from './find-place.ts'
import type { Grounds } from './grounds.ts'
import type { Need } from './need.ts'

/** What can be said of a question without waiting. */
export type Resolution =
  | {
      readonly kind: 'known'
      readonly question: Question
      readonly account: ReplicatedAccount
      /** Where the person belongs, if not there. */
      readonly home?: ReplicatedAccount | undefined
    }
  | { readonly kind: 'unknown'; readonly code: UnknownCode; readonly account?: ReplicatedAccount | undefined }
  | { readonly kind: 'need'; readonly need: Need }

/** What a question names and is not there, or not for whoever asks. */
export type UnknownCode = 'place_unknown' | 'permission_unknown' | 'subject_unknown' | 'subject_ambiguous'

/**
 * Looks up what a question names, in memory only.
 *
 * An account that the caller may not ask about is unknown without a look, so that neither the answer nor its time
 * tells whether it exists. The same holds for people: whoever is neither a member nor of a connected account is
 * unknown there.
 */
export function resolveAsked(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Resolution {
  const place = findPlace(grounds, asked, atLeast)
  if ('kind' in place) return notThere(place)
  return grounds.view.blueprint.permission.has(asked.permission)
    ? resolvePerson(grounds, place, asked, atLeast)
    : { kind: 'unknown', code: 'permission_unknown', account: place.account }
}

/** The same for a question about every permission. */
export function resolveWhoAndWhere(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Resolution {
  const place = findPlace(grounds, asked, atLeast)
  return 'kind' in place ? notThere(place) : resolvePerson(grounds, place, asked, atLeast)
}

function notThere(place: Need | Nowhere): Resolution {
  return place.kind === 'nowhere'
    ? { kind: 'unknown', code: 'place_unknown', account: place.account }
    : { kind: 'need', need: place }
}

function resolvePerson(
  grounds: Grounds,
  { account, organization }: Place,
  asked: Asked,
  atLeast: AtLeast | undefined,
): Resolution {
  const user = findUser(grounds, account, asked.subject)
  if (typeof user === 'object') return { kind: 'need', need: user }
  if (user === undefined) return { kind: 'unknown', code: 'subject_unknown', account }
  if (user === 'several') return { kind: 'unknown', code: 'subject_ambiguous', account }

  const owner = asked.owner === asked.subject.id ? user : findOwner(grounds, account, asked.owner)
  if (typeof owner === 'object') return { kind: 'need', need: owner }

  const home = findHome(grounds, account, user, atLeast)
  if (!home) return { kind: 'unknown', code: 'subject_unknown', account }
  if ('kind' in home) return { kind: 'need', need: home }
  const { permission } = asked
  return {
    kind: 'known',
    account,
    home: home === account ? undefined : home,
    question: { user, permission, account: account.id, organization, owner, at: grounds.view.at },
  }
}
