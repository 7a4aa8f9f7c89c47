import { normaliseEmail, refuse } from '@keyholder/core'
import { listOutbox } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'

/** Lists the mails of the whole deployment, for its owner. */
export function bindOutboxReads(
  bind: Bind,
  { db, cursorSecret }: Pick<AppDeps, 'db' | 'cursorSecret'>,
): void {
  bind(listOutbox, async (call) => {
    const request = pageRequest(cursorSecret, { ...call, account: undefined })
    if (!request.ok) return request
    const { account: name, recipient, state } = call.query

    return storage.transaction(
      db,
      'deployment',
      async (tx) => {
        const account = name === undefined ? undefined : await storage.findAccount(tx, name)
        if (name !== undefined && !account) return refuse({ code: 'reference_unknown', pointer: '/account' })
        const filter = {
          account: account?.id,
          recipient: recipient === undefined ? undefined : normalised(recipient),
          isSent: state === undefined ? undefined : state === 'sent',
        }
        const page = await storage.listMails(tx, filter, request.value)
        return answer(200, listBody(cursorSecret, { ...call, account: undefined }, page, mailForm))
      },
      { readOnly: true, snapshot: true },
    )
  })
}

function normalised(address: string): string {
  const email = normaliseEmail(address)
  return email.ok ? email.value : address
}

function mailForm(mail: storage.StoredMail) {
  return {
    id: mail.id,
    account: mail.account,
    recipient: mail.recipient,
    payload: mail.payload as { readonly template: string; readonly language: string },
    state: mail.sentAt ? ('sent' as const) : ('waiting' as const),
    attempts: mail.attempts,
    last_error: mail.lastError ?? null,
    created_at: mail.createdAt.toISOString(),
    sent_at: mail.sentAt?.toISOString() ?? null,
  }
}
