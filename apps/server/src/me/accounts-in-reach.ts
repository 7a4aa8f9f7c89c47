import { effectiveAccess, stepUpFor, type OrganizationId } from '@keyholder/core'
import { listOrganizations, transaction, type AccountOfPerson, type Database } from '@keyholder/storage'
import { labelForm } from '../access/label-form.ts'
import type { SignedIn } from '../http/caller.ts'
import { reachOf } from '../http/reach.ts'
import type { View, Views } from '../http/view.ts'
import { policyOf } from '../session/policy-of.ts'

const mostListed = 100

/** Each account that somebody may enter at this moment, what they are there, and what its policy still asks for. */
export async function accountsInReach(
  db: Database,
  views: Views,
  caller: SignedIn,
  accounts: readonly AccountOfPerson[],
) {
  const view = await views.of([caller.home, ...accounts.map(({ id }) => id)])
  const inReach = accounts.filter(({ id }) => reachOf(view, caller, id).known)
  return Promise.all(inReach.map((account) => accountForm(db, view, caller, account)))
}

async function accountForm(db: Database, view: View, caller: SignedIn, account: AccountOfPerson) {
  const { id, slug, name, reachedBy, connection } = account
  const reach = reachOf(view, caller, id)
  const entered = (view.directory.account(id)?.organizations() ?? []).filter((organization) =>
    reach.enters(organization),
  )
  const page = await transaction(
    db,
    [id],
    (tx) => listOrganizations(tx, id, { among: entered }, { limit: mostListed, sort: 'name' }),
    { readOnly: true },
  )
  const access = effectiveAccess(
    view.directory,
    caller.user,
    id,
    view.at,
    page.rows.map((organization) => organization.id),
  )
  const labels = new Map(access?.organizations.map((place) => [place.organization, place.label]))
  const labelOf = (organization: OrganizationId) => labels.get(organization) ?? { roles: [], limitedBy: [] }
  return {
    id,
    slug,
    name,
    reached_by: reachedBy,
    connection: connection ?? null,
    role: labelForm(access?.everywhere.label ?? { roles: [], limitedBy: [] }),
    organizations: page.rows.map((organization) => ({
      id: organization.id,
      key: organization.key,
      name: organization.name,
      role: labelForm(labelOf(organization.id)),
    })),
    organizations_total: page.total,
    step_up: stepUpInto(caller, account) ?? null,
  }
}

function stepUpInto({ session, home }: SignedIn, { id, settings, assurance }: AccountOfPerson) {
  if (id === home) return undefined
  const { state, holdsToken, at } = session
  return stepUpFor(state, { policy: policyOf(settings), assurance, holdsToken }, at)
}
