import type { Message, MessageOf, Template } from '../message.ts'
import type { Texts } from '../text/texts.ts'
import {
  accessRequestApprovedLetter,
  accessRequestDeclinedLetter,
  accessRequestedLetter,
} from './access-request-letters.ts'
import { connectionChangedLetter, connectionOfferLetter } from './connection-letters.ts'
import { invitationLetter } from './invitation-letter.ts'
import type { Letter } from './letter.ts'
import {
  emailChangeConfirmationLetter,
  emailVerificationLetter,
  passwordResetLetter,
} from './link-letters.ts'
import {
  emailChangeNoticeLetter,
  mfaAddedLetter,
  mfaRemovedLetter,
  mfaResetLetter,
  passwordChangedLetter,
  recoveryCodeUsedLetter,
} from './login-letters.ts'
import { roleBoundLetter } from './role-bound-letter.ts'
import { supportAccessBegunLetter, supportAccessEndedLetter } from './support-letters.ts'
import { Wording, type Origin } from './wording.ts'

type Compose<T extends Template> = (message: MessageOf<T>, wording: Wording) => Letter

const letters: { readonly [T in Template]: Compose<T> } = {
  invitation: invitationLetter,
  role_bound: roleBoundLetter,
  connection_offer: connectionOfferLetter,
  connection_changed: connectionChangedLetter,
  email_verification: emailVerificationLetter,
  password_reset: passwordResetLetter,
  password_changed: passwordChangedLetter,
  email_change_confirmation: emailChangeConfirmationLetter,
  email_change_notice: emailChangeNoticeLetter,
  mfa_added: mfaAddedLetter,
  mfa_removed: mfaRemovedLetter,
  mfa_reset: mfaResetLetter,
  recovery_code_used: recoveryCodeUsedLetter,
  access_requested: accessRequestedLetter,
  access_request_approved: accessRequestApprovedLetter,
  access_request_declined: accessRequestDeclinedLetter,
  support_access_begun: supportAccessBegunLetter,
  support_access_ended: supportAccessEndedLetter,
}

/** What a message says to its reader, in these texts. */
export function composeLetter(message: Message, texts: Texts, origin: Origin): Letter {
  const compose = letters[message.template] as Compose<Template>
  return compose(message, new Wording(message.language, texts, origin))
}
