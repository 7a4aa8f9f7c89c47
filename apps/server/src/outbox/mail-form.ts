import { readMessage, renderMail, type Message, type Origin, type RenderedMail } from '@keyholder/mail'
import type { StoredMail } from '@keyholder/storage'

/** How the outbox is shown. */
export interface OutboxView {
  readonly origin: Origin
  /** Where mails leave by a server, what they say is between them and their readers. */
  readonly isSent: boolean
}

/** A mail as the deployment's owner sees it: whole only where it goes nowhere else. */
export function mailForm(mail: StoredMail, { origin, isSent }: OutboxView) {
  const message = readMessage(mail.payload)
  const rendered = message && renderMail(message, origin)
  const shown = isSent || !message || hasLostItsLink(message) ? undefined : rendered
  return {
    id: mail.id,
    account: mail.account,
    recipient: mail.recipient,
    payload: withoutToken(mail.payload),
    sender_name: rendered?.senderName ?? null,
    subject: rendered?.subject ?? null,
    ...contentForm(shown),
    state: mail.state,
    attempts: mail.attempts,
    last_error: mail.lastError ?? null,
    created_at: mail.createdAt.toISOString(),
    sent_at: mail.sentAt?.toISOString() ?? null,
    failed_at: mail.failedAt?.toISOString() ?? null,
  }
}

function contentForm(rendered: RenderedMail | undefined) {
  return { text: rendered?.text ?? null, html: rendered?.html ?? null, links: [...(rendered?.links ?? [])] }
}

/** What opens a link is in the link alone. */
function withoutToken(payload: StoredMail['payload']) {
  const { token: _, ...told } = payload as {
    readonly template: string
    readonly language: string
    readonly token?: string
  }
  return told
}

function hasLostItsLink(message: Message): boolean {
  return 'token' in message && message.token === ''
}
