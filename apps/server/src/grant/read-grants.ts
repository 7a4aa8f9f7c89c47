import { refuse, succeed, type GrantId, type Result, type Subject } from '@keyholder/core'
import { getGrant, listGrants, type QueryOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { connectionNamed, groupNamed, memberNamed, roleNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import type { Refused } from '../http/call.ts'
import type { Reach } from '../http/reach.ts'
import { organizationInSight } from '../http/organization-in-sight.ts'
import { readAccount, type ReadDeps, type Reading } from '../http/read-account.ts'
import { grantForm } from './grant-form.ts'

type Filters = QueryOf<typeof listGrants>

/** Lists the grants that the caller may view, and shows one. */
export function bindGrantReads(bind: Bind, deps: ReadDeps): void {
  const { cursorSecret } = deps

  bind(listGrants, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async (reading) => {
      const filter = await grantFilter(reading, call.reach, call.query)
      if (!filter.ok) return filter
      const page = await storage.listGrants(reading.tx, call.account.id, filter.value, request.value)
      return answer(200, listBody(cursorSecret, call, page, grantForm))
    })
  })

  bind(getGrant, (call) =>
    readAccount(deps, call.account.id, async ({ tx }) => {
      const found = await storage.findGrant(tx, call.account.id, call.params.grant as GrantId)
      const isShown = found && call.reach.may('grant.view', found.grant.organization)
      return isShown
        ? answer(200, grantForm(found), { version: found.version })
        : refuse({ code: 'not_found' })
    }),
  )
}

async function grantFilter(
  reading: Reading,
  reach: Reach,
  query: Filters,
): Promise<Result<storage.GrantFilter, Refused['refusal']>> {
  const subject = await subjectNamed(reading, query)
  if (!subject.ok) return subject
  const role = query.role === undefined ? undefined : roleNamed(reading.index, query.role, '/role')
  if (role && !role.ok) return role
  const organization = await organizationInSight(reading, reach, 'grant.view', query.organization)
  if (!organization.ok) return organization

  const where = reach.where('grant.view')
  return succeed({
    subject: subject.value,
    subjectKind: query.subject_type,
    role: role?.value,
    organization: organization.value,
    among: where === 'everywhere' ? undefined : where,
    whole: query.scope === undefined ? undefined : query.scope === 'account',
    current: query.current === 'true' ? true : undefined,
  })
}

/** The subject that a query names. */
async function subjectNamed(
  { tx, index }: Reading,
  { user, group, connection }: Filters,
): Promise<Result<Subject | undefined, Refused['refusal']>> {
  const named = Object.entries({ user, group, connection }).filter(([, name]) => name !== undefined)
  const [, second] = named
  if (second) {
    const errors = [{ in: 'query', pointer: `/${second[0]}`, detail: 'names a second subject' }]
    return refuse({ code: 'request_invalid', errors })
  }
  if (user !== undefined) {
    const found = await memberNamed(tx, index, user, '/user')
    return found.ok ? succeed({ kind: 'user', id: found.value }) : found
  }
  if (group !== undefined) {
    const found = groupNamed(index, group, '/group')
    return found.ok ? succeed({ kind: 'group', id: found.value }) : found
  }
  if (connection === undefined) return succeed(undefined)
  const found = connectionNamed(index, connection, '/connection')
  return found.ok ? succeed({ kind: 'connection', id: found.value }) : found
}
