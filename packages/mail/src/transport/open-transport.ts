import { createTransport } from 'nodemailer'
import type { RenderedMail } from '../render-mail.tsx'
import { oneLine } from '../text/written-by-people.ts'
import type { Sender } from './sender.ts'
import type { SmtpOptions } from './smtp-options.ts'

export interface Dispatch {
  /** The same id again is the same mail, also for the server that receives it. */
  readonly id: string
  readonly recipient: string
  readonly mail: RenderedMail
}

/** What became of a try to send. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** The server will not have this mail, however often it is tried. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Worth another try later; `unreachable` where no other mail would have fared better. */
  | { readonly kind: 'postponed'; readonly reason: string; readonly unreachable: boolean }

export interface Transport {
  send(dispatch: Dispatch): Promise<Outcome>
  close(): void
}

/** Sends mails over SMTP, each on a connection of its own; never throws for what a server says. */
export function openTransport(options: SmtpOptions, from: Sender): Transport {
  const transporter = createTransport(options)
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)

  return {
    async send({ id, recipient, mail }) {
      try {
        await transporter.sendMail({
          envelope: { from: from.address, to: recipient },
          from: { name: mail.senderName, address: from.address },
          to: { name: '', address: recipient },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error as SmtpError)
      }
    },
    close: () => transporter.close(),
  }
}

interface SmtpError extends Error {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly rejectedErrors?: readonly SmtpError[]
}

/** What a server says of one recipient or one mail is about these; everything else is about the way to it. */
function outcomeOf(error: SmtpError): Outcome {
  const said = error.rejectedErrors?.[0] ?? error
  const { command, responseCode = 0 } = said
  const reason = oneLine(said.message).slice(0, 500)
  const isAboutThis = command === 'RCPT TO' || command === 'DATA'
  const isForGood = responseCode >= 500 && responseCode !== 503
  if (isAboutThis && isForGood) return { kind: 'refused', reason }
  return { kind: 'postponed', reason, unreachable: !(isAboutThis && responseCode >= 400) }
}
