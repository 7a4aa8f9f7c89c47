import {
  heldForms,
  type AccessLine,
  type Blueprint,
  type OrganizationId,
  type PlaceAccess,
} from '@keyholder/core'
import { labelForm } from '../access/label-form.ts'
import { onTheWire } from '../access/question/explanation-on-the-wire.ts'

export interface PlaceName {
  readonly id: string
  readonly key: string
  readonly name: string
}

/** What somebody may do in one place, as the API shows it. */
export function placeForm(
  blueprint: Blueprint,
  organizations: ReadonlyMap<OrganizationId, PlaceName>,
  { organization, permissions, label, user, group, ssoGroup, connection }: PlaceAccess,
) {
  const lines = (section: readonly AccessLine[]) => section.map((line) => lineForm(blueprint, line))
  return {
    organization: organization === undefined ? null : (organizations.get(organization) ?? null),
    permissions: [...heldForms(permissions, blueprint)],
    label: labelForm(label),
    user: lines(user),
    group: lines(group),
    sso_group: lines(ssoGroup),
    connection: lines(connection),
  }
}

function lineForm(
  blueprint: Blueprint,
  { grant, group, through, permissions, label, obstacles }: AccessLine,
) {
  const { id, role, organization, startsAt, endsAt } = grant
  return {
    grant: {
      id,
      role,
      ...(organization !== undefined && { organization }),
      ...(startsAt !== undefined && { starts_at: new Date(startsAt).toISOString() }),
      ...(endsAt !== undefined && { ends_at: new Date(endsAt).toISOString() }),
    },
    ...(group && { group }),
    ...(through && { through }),
    permissions: [...heldForms(permissions, blueprint)],
    label: labelForm(label),
    obstacles: obstacles.map((obstacle) => onTheWire(blueprint, obstacle) as { readonly code: string }),
  }
}
