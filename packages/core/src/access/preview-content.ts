import type { Json } from '../audit/canonical-json.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { AccountId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import type { AccessChange } from './access-change.ts'

/** Changes of one account that somebody previews. */
export interface Previewed {
  readonly account: AccountId
  /** Of the account, at which the changes were judged. */
  readonly revision: number
  readonly changes: readonly AccessChange[]
}

/**
 * What is previewed, as plain JSON. With who gains and loses what by it, which seats change, and the request, it is all
 * that a preview promises: who applies it with the hash of all that gets these changes of this revision with this
 * outcome, or a refusal. Grants may begin and end between the two without a new revision, which is why the outcome is
 * part of it.
 */
export function previewContent(blueprint: Blueprint, { account, revision, changes }: Previewed): Json {
  return { account, revision, changes: changes.map((change) => changeAsJson(blueprint, change)) }
}

/** A change as plain JSON: the one thing in it that is not, a role's permissions, as held forms. */
function changeAsJson(blueprint: Blueprint, change: AccessChange): Json {
  if (change.kind !== 'role_set') return change as unknown as Json
  const permissions = heldForms(change.role.permissions, blueprint)
  return { kind: change.kind, role: { ...change.role, permissions } }
}
