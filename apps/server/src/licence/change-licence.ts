import { countSeats, seatFactsOf, seats, succeed, type AccountId } from '@keyholder/core'
import { reportAssets, updateEntity, updateLicence } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { organizationsNamedIn } from '../change/references.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { entityOf, licenceForm, licensedOf } from './licence-form.ts'

/** Changes what is licensed and to whom, and takes the host product's counts. */
export function bindLicenceChanges(bind: Bind, deps: ChangeDeps): void {
  bind(updateLicence, (call) => {
    const id = call.account.id

    return changeAccess(deps, call, [id], async ({ tx, index, at }) => {
      const found = await read(tx, id)
      const stale = outdated(call, found.version)
      if (stale) return stale

      const before = licensedOf(found)
      const after = { ...before, ...call.body }
      return succeed({
        rows: (tx) => storage.updateAccount(tx, id, { licence: after }),
        events: [
          {
            action: 'licence.update',
            target: { type: 'account', id },
            before: { ...before },
            after: { ...after },
          },
        ],
        answer: async (tx) => {
          const account = await read(tx, id)
          const counted = countSeats(seats(seatFactsOf(index(id)), at))
          return answer(200, licenceForm(account, await storage.assetsInUse(tx, id), counted), {
            version: account.version,
          })
        },
      })
    })
  })

  bind(updateEntity, (call) => {
    const id = call.account.id

    return changeAccess(deps, call, [id], async ({ tx }) => {
      const found = await read(tx, id)
      const stale = outdated(call, found.version)
      if (stale) return stale

      const before = entityOf(found)
      const after = { ...before, ...call.body }
      return succeed({
        rows: (tx) => storage.updateAccount(tx, id, { entity: after }),
        events: [
          {
            action: 'entity.update',
            target: { type: 'account', id },
            before: { ...before },
            after: { ...after },
          },
        ],
        answer: async (tx) => {
          const account = await read(tx, id)
          return answer(200, entityOf(account), { version: account.version })
        },
      })
    })
  })

  bind(reportAssets, (call) => {
    const id = call.account.id
    const { organizations } = call.body

    return changeAccess(deps, call, [id], async ({ tx, index }) => {
      const named = await organizationsNamedIn(
        tx,
        index(id),
        organizations.map(({ organization }) => organization),
        (place) => `/organizations/${place}/organization`,
      )
      if (!named.ok) return named

      const counts = named.value.map((organization, i) => ({
        organization,
        assets: organizations[i]?.assets ?? 0,
      }))
      return succeed({
        rows: async (tx) => {
          await storage.reportAssets(tx, id, counts)
        },
        events: [
          {
            action: 'licence.report_assets',
            target: { type: 'account', id },
            after: { organizations: counts.length },
          },
        ],
        answer: async (tx) => answer(200, { assets_in_use: await storage.assetsInUse(tx, id) }),
      })
    })
  })
}

async function read(tx: storage.Tx, id: AccountId): Promise<storage.Account> {
  const account = await storage.readAccount(tx, id)
  if (!account) throw new Error('an account that is locked is not there')
  return account
}
