import { mailHeading, readMessage, renderMail, type Message, type Origin } from '@keyholder/mail'
import type { StoredMail } from '@keyholder/storage'

/** How the outbox is shown. */
export interface OutboxView {
  readonly origin: Origin
  /** Where mails leave by a server, what they say is between them and their readers. */
  readonly isSent: boolean
}

/** A mail as the deployment's owner sees it: whole only where it goes nowhere else. */
export function mailForm(mail: StoredMail, view: OutboxView) {
  const message = readMessage(mail.payload)
  return {
    id: mail.id,
    account: mail.account,
    recipient: mail.recipient,
    payload: withoutToken(mail.payload),
    ...contentForm(message, view),
    state: mail.state,
    attempts: mail.attempts,
    last_error: mail.lastError ?? null,
    created_at: mail.createdAt.toISOString(),
    sent_at: mail.sentAt?.toISOString() ?? null,
    failed_at: mail.failedAt?.toISOString() ?? null,
  }
}

function contentForm(message: Message | undefined, { origin, isSent }: OutboxView) {
  if (!message) return { sender_name: null, subject: null, ...nothing }
  if (isSent || hasLostItsLink(message)) {
    const { senderName, subject } = mailHeading(message, origin)
    return { sender_name: senderName, subject, ...nothing }
  }
  const { senderName, subject, text, html, links } = renderMail(message, origin)
  return { sender_name: senderName, subject, text, html, links: [...links] }
}

const nothing = { text: null, html: null, links: [] }

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
