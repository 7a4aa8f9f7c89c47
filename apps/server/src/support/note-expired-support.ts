import { expireSupport, type AccountId, type EventId } from '@keyholder/core'
import {
  accountsWithExpiredSupport,
  closeChange,
  lockAccounts,
  transaction,
  unendedSupport,
  type Database,
} from '@keyholder/storage'
import { endingOfSupport } from '../change/ending-support.ts'
import type { NewId } from '../new-id.ts'

interface Deps {
  readonly db: Database
  readonly newId: NewId
}

/**
 * Writes down that the time of support accesses is over, for the log and for the account's superusers; they let
 * nobody in since their end, whenever this runs.
 */
export async function noteExpiredSupport(deps: Deps): Promise<void> {
  const accounts = await transaction(deps.db, 'deployment', accountsWithExpiredSupport, { readOnly: true })
  for (const account of accounts) await noteIn(deps, account)
}

async function noteIn({ db, newId }: Deps, account: AccountId): Promise<void> {
  await transaction(db, [account], async (tx) => {
    const { at, heads } = await lockAccounts(tx, [account])
    const unended = await unendedSupport(tx, { account })
    const expired = unended.flatMap((stored) => {
      const access = expireSupport(stored.access, at)
      return access?.ended ? [{ ...stored, access: { ...access, ended: access.ended } }] : []
    })
    const { rows, events, mails } = await endingOfSupport(tx, newId, account, expired)
    await rows(tx)
    await closeChange(tx, {
      heads,
      events: events.map((draft) => ({
        id: newId<EventId>('event'),
        at,
        outcome: 'done' as const,
        actor: { kind: 'system' as const },
        ...draft,
        accounts: [account],
      })),
      mails,
    })
  })
}
