import {
  countSeats,
  refuse,
  seatFactsOf,
  seats,
  type AccountId,
  type AccountIndex,
  type Seat,
} from '@keyholder/core'
import { getEntity, getLicence, listSeats } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { exportAnswer } from '../export/export-answer.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { replicaViews } from '../http/replica-views.ts'
import { entityOf, licenceForm } from './licence-form.ts'

type Deps = Pick<AppDeps, 'db' | 'replica'>

/** Shows the licence, every seat with its reason, and the legal entity. */
export function bindLicenceReads(bind: Bind, { db, replica }: Deps): void {
  const views = replicaViews(replica)
  const seatsIn = async (account: AccountId): Promise<readonly Seat[]> => {
    const { directory, at } = await views.of([account])
    const index: AccountIndex | undefined = directory.account(account)
    return index ? seats(seatFactsOf(index), at) : []
  }

  bind(getLicence, async (call) => {
    const id = call.account.id
    const counted = countSeats(await seatsIn(id))
    const [account, inUse] = await storage.transaction(
      db,
      [id],
      async (tx) => [await storage.readAccount(tx, id), await storage.assetsInUse(tx, id)] as const,
      { readOnly: true },
    )
    if (!account) return refuse({ code: 'not_found' })
    return answer(200, licenceForm(account, inUse, counted), { version: account.version })
  })

  bind(listSeats, async (call) => {
    const all = await seatsIn(call.account.id)
    return exportAnswer(call.query.format, {
      name: `${call.account.slug}-seats`,
      columns: {
        user: ({ user }: Seat) => user,
        reason: ({ reason }: Seat) => reason,
        billed: ({ billed }: Seat) => billed,
      },
      item: ({ user, reason, billed }: Seat) => ({ user, reason, billed }),
      pages: once(all),
    })
  })

  bind(getEntity, async (call) => {
    const account = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.readAccount(tx, call.account.id),
      { readOnly: true },
    )
    if (!account) return refuse({ code: 'not_found' })
    return answer(200, entityOf(account), { version: account.version })
  })
}

async function* once<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
