import type { UserId } from '../id.ts'

/** Something that the people of an account should mend before it hurts. */
export type Notice =
  | { readonly code: 'few_superusers'; readonly superusers: readonly UserId[]; readonly wanted: number }
  | { readonly code: 'sso_without_way_back' }

/** How many superusers an account should have, so that one who is away can be helped by another. */
export const superusersWanted = 2

/**
 * The notices of an account; `superusers` are the active ones whose right has no end.
 *
 * Where single sign-on is on, at least one of them should have a password and a second factor to get in by when the
 * identity provider cannot be reached.
 */
export function noticesOf(account: {
  readonly superusers: readonly UserId[]
  readonly sso: boolean
  /** Those with both a password and a second factor. */
  readonly withPasswordAndMfa: ReadonlySet<UserId>
}): readonly Notice[] {
  const { superusers, sso, withPasswordAndMfa } = account
  const notices: Notice[] = []
  if (superusers.length < superusersWanted) {
    notices.push({ code: 'few_superusers', superusers, wanted: superusersWanted })
  }
  if (sso && !superusers.some((user) => withPasswordAndMfa.has(user))) {
    notices.push({ code: 'sso_without_way_back' })
  }
  return notices
}
