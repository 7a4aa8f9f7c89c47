import { refuse, succeed, type AccountId, type OrganizationId, type SiteId } from '@keyholder/core'
import { createSite, deleteSite, updateSite } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { siteForm } from './site-form.ts'

/** Creates, changes and deletes sites. */
export function bindSiteChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createSite, (call) => {
    const account = call.account.id
    const { key, name = key } = call.body

    return changeAccess(deps, call, [account], async ({ tx, newId }) => {
      const organization = call.organization
      if (organization === undefined) return refuse({ code: 'not_found' })
      if (await storage.siteWithKey(tx, account, organization, key)) return refuse({ code: 'site_key_taken' })

      const id = newId<SiteId>('site')
      return succeed({
        rows: async (tx) => {
          await storage.insertSite(tx, account, { id, organization, key, name })
        },
        events: [{ action: 'site.create', target: { type: 'site', id }, organization, after: { key, name } }],
        answer: (tx) => shown(201, tx, account, id),
      })
    })
  })

  bind(updateSite, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await siteIn(tx, account, call.organization, call.params.site)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      const after = { key: call.body.key ?? found.key, name: call.body.name ?? found.name }
      const other = await storage.siteWithKey(tx, account, found.organization, after.key)
      if (other && other !== found.id) return refuse({ code: 'site_key_taken' })
      return succeed({
        rows: async (tx) => {
          await storage.updateSite(tx, account, { id: found.id, ...after })
        },
        events: [
          {
            action: 'site.update',
            target: { type: 'site', id: found.id },
            organization: found.organization,
            before: { key: found.key, name: found.name },
            after,
          },
        ],
        answer: (tx) => shown(200, tx, account, found.id),
      })
    })
  })

  bind(deleteSite, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async ({ tx }) => {
      const found = await siteIn(tx, account, call.organization, call.params.site)
      if (!found) return refuse({ code: 'not_found' })
      const stale = outdated(call, found.version)
      if (stale) return stale

      return succeed({
        rows: async (tx) => {
          await storage.deleteSite(tx, account, found.id)
        },
        events: [
          {
            action: 'site.delete',
            target: { type: 'site', id: found.id },
            organization: found.organization,
            before: { key: found.key, name: found.name },
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

/** A site of this organization; one of another organization is none of its business. */
async function siteIn(
  tx: storage.Tx,
  account: AccountId,
  organization: OrganizationId | undefined,
  id: string,
) {
  const found = await storage.findSite(tx, account, id as SiteId)
  return found?.organization === organization ? found : undefined
}

async function shown<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  account: AccountId,
  id: SiteId,
) {
  const site = await storage.findSite(tx, account, id)
  if (!site) throw new Error('a site that was just written is not there')
  return answer(status, siteForm(site), { version: site.version })
}
