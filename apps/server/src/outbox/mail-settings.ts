import { refuse, succeed, type Result } from '@keyholder/core'
import { readSender, smtpOptions, usualSender, type Sender, type SmtpOptions } from '@keyholder/mail'

/** Whom mails come from, and the server that they leave by. */
export interface MailSettings {
  readonly from: Sender
  /** Left out, mails wait in the outbox, to be read there. */
  readonly server?: SmtpOptions | undefined
}

interface MailFault {
  readonly setting: 'SMTP_URL' | 'MAIL_FROM'
  readonly sentence: string
}

export function readMailSettings(
  { SMTP_URL, MAIL_FROM }: Readonly<Record<string, string | undefined>>,
  publicUrl: string,
): Result<MailSettings, MailFault> {
  const server = SMTP_URL ? smtpOptions(SMTP_URL) : undefined
  if (SMTP_URL && !server) {
    return refuse({
      setting: 'SMTP_URL',
      sentence: '`SMTP_URL` must be an address such as `smtps://user:secret@mail.example.com`.',
    })
  }
  const from = MAIL_FROM ? readSender(MAIL_FROM) : usualSender(publicUrl)
  if (!from) {
    return refuse({
      setting: 'MAIL_FROM',
      sentence:
        '`MAIL_FROM` must be an e-mail address, with a name before it if you like: `Contoso Access <no-reply@example.com>`.',
    })
  }
  return succeed({ from, server })
}
