import { refuse } from '@keyholder/core'
import { getMember, listMembers, listMembersOfOrganization } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { memberNamed } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { memberForm } from './member-form.ts'
import { inSight, peopleFilter } from './people-filter.ts'
import { readAccount, type ReadDeps } from '../http/read-account.ts'

/** Lists the people of an account or of one organization, and shows one of them. */
export function bindMemberReads(bind: Bind, deps: ReadDeps): void {
  const { cursorSecret } = deps

  bind(listMembers, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async (reading) => {
      const filter = await peopleFilter(reading, call.reach, call.query)
      if (!filter.ok) return filter
      const page = await storage.listPeople(reading.tx, call.account.id, filter.value, request.value)
      return answer(200, listBody(cursorSecret, call, page, memberForm))
    })
  })

  bind(listMembersOfOrganization, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    return readAccount(deps, call.account.id, async (reading) => {
      const query = { ...call.query, organization: call.organization }
      const filter = await peopleFilter(reading, call.reach, query)
      if (!filter.ok) return filter
      const page = await storage.listPeople(reading.tx, call.account.id, filter.value, request.value)
      return answer(200, listBody(cursorSecret, call, page, memberForm))
    })
  })

  bind(getMember, (call) =>
    readAccount(deps, call.account.id, async ({ tx, index }) => {
      const user = await memberNamed(tx, index, call.params.user, '/user')
      if (!user.ok) return refuse({ code: 'not_found' })
      const filter = { users: [user.value], among: inSight(call.reach) }
      const { rows } = await storage.listPeople(tx, call.account.id, filter, { limit: 1, sort: 'name' })
      const [person] = rows
      return person
        ? answer(200, memberForm(person), { version: person.version })
        : refuse({ code: 'not_found' })
    }),
  )
}
