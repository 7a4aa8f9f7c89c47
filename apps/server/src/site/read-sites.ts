import { refuse, type SiteId } from '@keyholder/core'
import { getSite, listSites } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { siteForm } from './site-form.ts'

interface Deps {
  readonly db: storage.Database
  readonly cursorSecret: Buffer
}

/** Lists the sites of an organization, and shows one. */
export function bindSiteReads(bind: Bind, { db, cursorSecret }: Deps): void {
  bind(listSites, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request

    const filter = { organization: call.organization, text: call.query.q }
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listSites(tx, call.account.id, filter, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, siteForm))
  })

  bind(getSite, async (call) => {
    const found = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.findSite(tx, call.account.id, call.params.site as SiteId),
      { readOnly: true },
    )
    if (!found || found.organization !== call.organization) return refuse({ code: 'not_found' })
    return answer(200, siteForm(found), { version: found.version })
  })
}
