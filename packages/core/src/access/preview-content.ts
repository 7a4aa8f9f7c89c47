import type { Json } from '../audit/canonical-json.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { AccountId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import type { SeatComparison } from '../licence/compare-seats.ts'
import type { AccessChange } from './access-change.ts'
import type { PersonDifference } from './compare-access.ts'

/** Changes of one account that somebody previews, and what they come to. */
export interface Previewed {
  readonly account: AccountId
  /** Of the account, at which the changes were judged. */
  readonly revision: number
  readonly changes: readonly AccessChange[]
  readonly people: readonly PersonDifference[]
  readonly seats: SeatComparison
}

/**
 * All that a preview promises, as plain JSON: who applies it with the hash of its canonical form gets these changes of
 * this revision with this outcome, or a refusal.
 *
 * Grants may begin and end between the two without a new revision, which is why the outcome is part of it.
 */
export function previewContent(blueprint: Blueprint, previewed: readonly Previewed[]): Json {
  return previewed.map(({ account, revision, changes, people, seats }) => ({
    account,
    revision,
    changes: changes.map((change) => changeAsJson(blueprint, change)),
    people: people as unknown as Json,
    seats: seats as unknown as Json,
  }))
}

/** A change as plain JSON: the one thing in it that is not, a role's permissions, as held forms. */
function changeAsJson(blueprint: Blueprint, change: AccessChange): Json {
  if (change.kind !== 'role_set') return change as unknown as Json
  const permissions = heldForms(change.role.permissions, blueprint)
  return { kind: change.kind, role: { ...change.role, permissions } }
}
