import { endSupport, type AccountId, type SupportAccess } from '@keyholder/core'
import {
  readAccount,
  saveSupportEnd,
  superusersOf,
  unendedSupport,
  type StoredSupportAccess,
  type Tx,
} from '@keyholder/storage'
import type { NewId } from '../new-id.ts'
import type { EventDraft } from './change-plan.ts'
import { outgoingMail, type OutgoingMail } from './outgoing-mail.ts'

/** A support access that is over, and who the person of the staff was. */
export type EndedSupport = StoredSupportAccess & {
  readonly access: SupportAccess & { readonly ended: NonNullable<SupportAccess['ended']> }
}

/** Every access to an account that is open, ended by the account at this moment. */
export async function supportEndedBy(
  tx: Tx,
  account: AccountId,
  at: number,
): Promise<readonly EndedSupport[]> {
  return (await unendedSupport(tx, { account })).flatMap((stored) => endedNow(stored, 'account', at))
}

/** An access ended at this moment; none where its time is over already, which is noted as that. */
export function endedNow(
  stored: StoredSupportAccess,
  by: 'operator' | 'account',
  at: number,
): readonly EndedSupport[] {
  const decided = endSupport(stored.access, by, at)
  return decided.ok ? [{ ...stored, access: { ...decided.value, ended: { at, by } } }] : []
}

/** All that is to be written when support accesses of one account, which is held, are over. */
export async function endingOfSupport(
  tx: Tx,
  newId: NewId,
  account: AccountId,
  ended: readonly EndedSupport[],
): Promise<{
  readonly rows: (tx: Tx) => Promise<void>
  readonly events: readonly EventDraft[]
  readonly mails: readonly OutgoingMail[]
}> {
  return {
    rows: async (later) => {
      for (const { access } of ended) await saveSupportEnd(later, access)
    },
    events: ended.map(({ access }) => ({
      action: 'support_access.end',
      target: { type: 'support_access', id: access.id },
      accounts: [account],
      before: { operator: access.user },
      after: { ended_by: access.ended.by, ended_at: new Date(access.ended.at).toISOString() },
    })),
    mails: ended.length === 0 ? [] : await mailsOf(tx, newId, account, ended),
  }
}

async function mailsOf(
  tx: Tx,
  newId: NewId,
  account: AccountId,
  ended: readonly EndedSupport[],
): Promise<readonly OutgoingMail[]> {
  const entered = await readAccount(tx, account)
  if (!entered) throw new Error('an account that is held is not there')
  const { slug, name } = entered
  const readers = await superusersOf(tx, account)
  return ended.flatMap(({ access, email, name: called }) =>
    readers.map(({ email: recipient, language }) =>
      outgoingMail(
        newId,
        { account, recipient },
        {
          template: 'support_access_ended',
          language,
          account: { slug, name },
          operator: { email, name: called ?? null },
          ended_by: access.ended.by,
          at: new Date(access.ended.at).toISOString(),
        },
      ),
    ),
  )
}
