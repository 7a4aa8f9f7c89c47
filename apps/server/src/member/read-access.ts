import {
  effectiveAccess,
  refuse,
  type AccountId,
  type EffectiveAccess,
  type OrganizationId,
  type PlaceAccess,
  type UserId,
} from '@keyholder/core'
import { getMemberAccess } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { memberNamed } from '../change/references.ts'
import { gatherSurroundings } from '../change/surroundings.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { placeForm, type PlaceName } from './access-form.ts'
import { inSight } from './people-filter.ts'
import { readAccount, type ReadDeps, type Reading } from '../http/read-account.ts'

type Access = EffectiveAccess & { readonly user: UserId }

/** Shows what somebody may do in an account, place by place, and where it comes from. */
export function bindMemberAccess(bind: Bind, deps: ReadDeps): void {
  bind(getMemberAccess, async (call) => {
    const request = pageRequest(deps.cursorSecret, call)
    if (!request.ok) return request
    const account = call.account.id
    await gatherSurroundings(deps.replica, [account], [])

    return readAccount(deps, account, async (reading) => {
      const among = inSight(call.reach)
      const access = await accessOf(reading, call.params.user, among)
      if (!access) return refuse({ code: 'not_found' })

      const page = pageOf(access.organizations, request.value)
      const ids = page.rows.flatMap(({ organization }) => organization ?? [])
      const organizations = await organizationsOf(reading.tx, account, ids)
      const form = (place: PlaceAccess) => placeForm(reading.view.directory.blueprint, organizations, place)
      return answer(200, {
        ...listBody(deps.cursorSecret, call, page, form),
        user: access.user,
        everywhere: among ? null : form(access.everywhere),
      })
    })
  })
}

/**
 * The access of a member, or of somebody who may come through a connection; for a caller who sees some organizations
 * only, it is theirs, and only of people who have something there.
 */
async function accessOf(
  reading: Reading,
  name: string,
  among: readonly OrganizationId[] | undefined,
): Promise<Access | undefined> {
  const { tx, index, view } = reading
  const member = await memberNamed(tx, index, name, '/user')
  const user = member.ok ? member.value : (name as UserId)
  const access = effectiveAccess(view.directory, user, index.id, view.at, among?.toSorted())
  if (!access) return undefined
  const isInSight = member.ok
    ? await isListed(reading, user, among)
    : [access.everywhere, ...access.organizations].some(comesThrough)
  return isInSight ? { ...access, user } : undefined
}

/** Whether a member is one of those whom the caller sees in the list. */
async function isListed(
  { tx, index }: Reading,
  user: UserId,
  among: readonly OrganizationId[] | undefined,
): Promise<boolean> {
  if (!among) return true
  const { total } = await storage.listPeople(
    tx,
    index.id,
    { users: [user], among },
    { limit: 1, sort: 'name' },
  )
  return total > 0
}

/** Whether somebody who is no member could come in there: a guest's other people are not the host's to look at. */
function comesThrough({ connection }: PlaceAccess): boolean {
  return connection.some(({ obstacles }) => !obstacles.some(({ code }) => code === 'not_a_delegate'))
}

function pageOf(
  places: readonly PlaceAccess[],
  { limit, after }: storage.PageRequest,
): storage.Page<PlaceAccess> {
  const rest = places.filter(({ organization = '' }) => organization > (after?.id ?? ''))
  const rows = rest.slice(0, limit)
  const last = rest.length > limit ? rows.at(-1)?.organization : undefined
  return { rows, total: places.length, next: last === undefined ? undefined : { value: null, id: last } }
}

/** What these organizations are called. */
export async function organizationsOf(
  tx: storage.Tx,
  account: AccountId,
  among: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, PlaceName>> {
  const request = { limit: Math.max(among.length, 1), sort: 'name' }
  const { rows } = await storage.listOrganizations(tx, account, { among }, request)
  return new Map(rows.map(({ id, key, name }) => [id, { id, key, name }]))
}
