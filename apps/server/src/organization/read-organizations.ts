import { refuse } from '@keyholder/core'
import { getOrganization, listOrganizations } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { organizationForm } from './organization-form.ts'

interface Deps {
  readonly db: storage.Database
  readonly cursorSecret: Buffer
}

/** Lists the organizations that the caller may view, and shows one. */
export function bindOrganizationReads(bind: Bind, { db, cursorSecret }: Deps): void {
  bind(listOrganizations, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request

    const where = call.reach.where('organization.view')
    const filter = { text: call.query.q, among: where === 'everywhere' ? undefined : where }
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listOrganizations(tx, call.account.id, filter, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, organizationForm))
  })

  bind(getOrganization, async (call) => {
    const found = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.findOrganization(tx, call.account.id, call.organization),
      { readOnly: true },
    )
    if (!found) return refuse({ code: 'not_found' })
    return answer(200, organizationForm(found), { version: found.version })
  })
}
