import { normaliseEmail, refuse } from '@keyholder/core'
import { listOutbox } from '@keyholder/contract'
import { usualSender } from '@keyholder/mail'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { mailForm } from './mail-form.ts'

/** Lists the mails of the whole deployment, for its owner. */
export function bindOutboxReads(
  bind: Bind,
  { db, cursorSecret, publicUrl, mail }: Pick<AppDeps, 'db' | 'cursorSecret' | 'publicUrl' | 'mail'>,
): void {
  const view = {
    origin: { publicUrl, product: mail?.product ?? usualSender(publicUrl).name },
    isSent: mail?.isSent ?? false,
  }

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
          state,
        }
        const page = await storage.listMails(tx, filter, request.value)
        const shown = (row: storage.StoredMail) => mailForm(row, view)
        return answer(200, listBody(cursorSecret, { ...call, account: undefined }, page, shown))
      },
      { readOnly: true, snapshot: true },
    )
  })
}

function normalised(address: string): string {
  const email = normaliseEmail(address)
  return email.ok ? email.value : address
}
