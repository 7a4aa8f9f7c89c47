import type { AccountId } from '@keyholder/core'
import type { Message } from '@keyholder/mail'
import type { Mail } from '@keyholder/storage'
import type { NewId } from '../new-id.ts'

/** A mail for the outbox, which renders and sends it once the transaction is committed. */
export type OutgoingMail = Mail & { readonly payload: Message }

/** Writes to one person on behalf of an account; what concerns nobody but the person, on behalf of their home. */
export function outgoingMail(
  newId: NewId,
  to: { readonly account: AccountId; readonly recipient: string },
  payload: Message,
): OutgoingMail {
  return { id: newId('mail'), account: to.account, recipient: to.recipient, payload }
}
