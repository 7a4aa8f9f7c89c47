import {
  effectiveAccess,
  refuse,
  succeed,
  type OrganizationId,
  type Result,
  type RoleLabel,
} from '@keyholder/core'
import { getAccessMatrix } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { organizationsNamedIn, unknownAt } from '../change/references.ts'
import { gatherSurroundings } from '../change/surroundings.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import type { Reach } from '../http/reach.ts'
import { labelForm } from '../access/label-form.ts'
import type { PlaceName } from './access-form.ts'
import { inSight, peopleFilter } from './people-filter.ts'
import { organizationsOf } from './read-access.ts'
import { readAccount, type ReadDeps, type Reading } from '../http/read-account.ts'

const mostColumns = 50
const columnsUnasked = 25

/** Shows people by organizations, each cell with the name of what the person has there. */
export function bindAccessMatrix(bind: Bind, deps: ReadDeps): void {
  bind(getAccessMatrix, async (call) => {
    const request = pageRequest(deps.cursorSecret, call)
    if (!request.ok) return request
    const account = call.account.id
    await gatherSurroundings(deps.replica, [account], [])

    return readAccount(deps, account, async (reading) => {
      const filter = await peopleFilter(reading, call.reach, call.query)
      if (!filter.ok) return filter
      const columns = await columnsWanted(reading, call.reach, call.query.organizations)
      if (!columns.ok) return columns

      const organizations = columns.value
      const page = await storage.listPeople(reading.tx, account, filter.value, request.value)
      const row = rowOf(reading, organizations, inSight(call.reach) === undefined)
      return answer(200, {
        ...listBody(deps.cursorSecret, call, page, row),
        organizations: [...organizations],
      })
    })
  })
}

async function columnsWanted(
  reading: Reading,
  reach: Reach,
  names: string | undefined,
): Promise<Result<readonly PlaceName[], Refused['refusal']>> {
  const { tx, index } = reading
  if (names === undefined) {
    const request = { limit: columnsUnasked, sort: 'name' }
    const { rows } = await storage.listOrganizations(tx, index.id, { among: inSight(reach) }, request)
    return succeed(rows.map(({ id, key, name }) => ({ id, key, name })))
  }
  const wanted = [...new Set(names.split(',').map((name) => name.trim()))]
  if (wanted.length > mostColumns) return refuse({ code: 'too_many_organizations', most: mostColumns })
  const found = await organizationsNamedIn(tx, index, wanted, () => '/organizations')
  if (!found.ok) return found
  if (!found.value.every((id) => reach.may('member.view', id))) return unknownAt('/organizations')

  const called = await organizationsOf(tx, index.id, found.value)
  return succeed(found.value.flatMap((id) => called.get(id) ?? []))
}

function rowOf({ index, view }: Reading, organizations: readonly PlaceName[], seesEverywhere: boolean) {
  const wanted = organizations.map(({ id }) => id as OrganizationId)
  return ({ user, name, email }: storage.Person) => {
    const access = effectiveAccess(view.directory, user, index.id, view.at, wanted)
    return {
      user,
      name: name ?? null,
      email,
      everywhere: seesEverywhere ? labelForm(access?.everywhere.label ?? none) : null,
      cells:
        access?.organizations.map(({ label }) => labelForm(label)) ??
        organizations.map(() => labelForm(none)),
    }
  }
}

const none: RoleLabel = { roles: [], limitedBy: [] }
