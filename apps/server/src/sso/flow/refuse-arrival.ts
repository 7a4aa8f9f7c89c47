import type { EventContent, EventId } from '@keyholder/core'
import { closeChange, lockAccounts, transaction, type StoredSsoConnection } from '@keyholder/storage'
import { noFlowCookie } from '../../session/cookies.ts'
import { leadTo } from './lead-to.ts'
import type { SsoDeps } from './sso-deps.ts'
import type { SsoFault } from './sso-fault.ts'

interface RefusedArrival {
  /** Left out where no browser of ours is known to come back: everybody can call the address, and no log tells of it. */
  readonly connection?: Pick<StoredSsoConnection, 'id' | 'account'> | undefined
  readonly requestId: string
  readonly fault: SsoFault
}

/** Sends somebody to the sign-in page, which learns that it did not work; why stands in the account's log. */
export async function refuseArrival(deps: SsoDeps, { connection, requestId, fault }: RefusedArrival) {
  deps.log.info({ connection: connection?.id, ...fault }, 'a single sign-on was refused')
  if (connection) await tellLog(deps, connection, requestId, fault)
  return leadTo(deps.publicUrl, `/sign-in?error=${fault.error ?? 'sso_failed'}`, noFlowCookie())
}

async function tellLog(
  { db, newId }: SsoDeps,
  { id, account }: Pick<StoredSsoConnection, 'id' | 'account'>,
  requestId: string,
  { reason }: SsoFault,
): Promise<void> {
  await transaction(db, [account], async (tx) => {
    const { at, heads } = await lockAccounts(tx, [account])
    const event: EventContent = {
      id: newId<EventId>('event'),
      at,
      action: 'sign_in.sso',
      outcome: 'refused',
      actor: { kind: 'anonymous' },
      target: { type: 'sso_connection', id },
      accounts: [account],
      reason,
      request: requestId,
    }
    await closeChange(tx, { events: [event], heads })
  })
}
