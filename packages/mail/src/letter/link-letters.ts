import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { action, aside, paragraph, type Wording } from './wording.ts'

/** Asks for the proof that an address is the reader's. */
export function emailVerificationLetter(message: MessageOf<'email_verification'>, wording: Wording): Letter {
  const { texts } = wording
  return linkLetter(message, wording, {
    ...texts.emailVerification,
    ignore: texts.ignore,
    page: 'verify-email',
  })
}

/** Lets somebody choose a new password. */
export function passwordResetLetter(message: MessageOf<'password_reset'>, wording: Wording): Letter {
  return linkLetter(message, wording, { ...wording.texts.passwordReset, page: 'reset-password' })
}

/** Asks for the proof that the new address of a login is the reader's. */
export function emailChangeConfirmationLetter(
  message: MessageOf<'email_change_confirmation'>,
  wording: Wording,
): Letter {
  const { texts } = wording
  return linkLetter(message, wording, {
    ...texts.emailChangeConfirmation,
    ignore: texts.ignore,
    page: 'confirm-email',
  })
}

interface LinkTexts {
  readonly subject: string
  readonly lead: `${string}{product}${string}`
  readonly button: string
  readonly ignore: string
  readonly page: 'verify-email' | 'reset-password' | 'confirm-email'
}

/** One link that opens one thing once; whoever did not ask for it can do nothing, and nothing happens. */
function linkLetter(
  message: { readonly name: string | null; readonly token: string; readonly expires_at: string },
  wording: Wording,
  { subject, lead, button, ignore, page }: LinkTexts,
): Letter {
  const { texts, origin } = wording
  return wording.letter({
    subject,
    blocks: [
      wording.greeting(message.name),
      paragraph(wording.atProduct(lead)),
      action(button, `${origin.publicUrl}/${page}#token=${message.token}`),
      paragraph(wording.say(texts.linkUntil, { date: wording.date(message.expires_at) })),
      aside(ignore),
    ],
  })
}
