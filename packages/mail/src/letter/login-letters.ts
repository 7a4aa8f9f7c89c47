import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { aside, paragraph, type Wording } from './wording.ts'

/** So few recovery codes are left that it is time to make new ones. */
const few = 3

export function passwordChangedLetter(message: MessageOf<'password_changed'>, wording: Wording): Letter {
  return noticeLetter(message, wording, wording.texts.passwordChanged, [])
}

/** Goes to the old address, from where a change that nobody asked for can still be noticed. */
export function emailChangeNoticeLetter(message: MessageOf<'email_change_notice'>, wording: Wording): Letter {
  const { fact, emailChangeNotice } = wording.texts
  return noticeLetter(message, wording, emailChangeNotice[message.change], [
    [fact.newEmail, message.new_email],
  ])
}

export function mfaAddedLetter(message: MessageOf<'mfa_added'>, wording: Wording): Letter {
  return noticeLetter(message, wording, wording.texts.mfaAdded, method(message, wording))
}

export function mfaRemovedLetter(message: MessageOf<'mfa_removed'>, wording: Wording): Letter {
  return noticeLetter(message, wording, wording.texts.mfaRemoved, method(message, wording))
}

export function mfaResetLetter(message: MessageOf<'mfa_reset'>, wording: Wording): Letter {
  const { texts, origin } = wording
  const { subject, lead, next } = texts.mfaReset
  return wording.letter({
    subject,
    blocks: [
      wording.greeting(message.name),
      paragraph(wording.say(lead, { account: message.account.name, product: origin.product })),
      ...wording.facts([
        [texts.fact.by, message.by && wording.person(message.by)],
        [texts.fact.time, wording.date(message.at)],
      ]),
      paragraph(next),
      wording.open(),
    ],
  })
}

export function recoveryCodeUsedLetter(message: MessageOf<'recovery_code_used'>, wording: Wording): Letter {
  const { texts } = wording
  const { subject, lead, remaining, noneLeft, makeNew } = texts.recoveryCodeUsed
  const left = message.remaining === 0 ? noneLeft : wording.count(remaining, message.remaining)
  return wording.letter({
    subject,
    blocks: [
      wording.greeting(message.name),
      paragraph(wording.atProduct(lead)),
      ...wording.facts([[texts.fact.time, wording.date(message.at)]]),
      paragraph(left),
      ...(message.remaining <= few ? [paragraph(makeNew)] : []),
      wording.open(),
      aside(texts.notYou),
    ],
  })
}

type Facts = Parameters<Wording['facts']>[0]

/** Tells of something that the reader did, or else somebody in their place. */
function noticeLetter(
  { name, at }: { readonly name: string | null; readonly at: string },
  wording: Wording,
  { subject, lead }: { readonly subject: string; readonly lead: `${string}{product}${string}` },
  facts: Facts,
): Letter {
  const { texts } = wording
  return wording.letter({
    subject,
    blocks: [
      wording.greeting(name),
      paragraph(wording.atProduct(lead)),
      ...wording.facts([...facts, [texts.fact.time, wording.date(at)]]),
      wording.open(),
      aside(texts.notYou),
    ],
  })
}

function method(
  message: MessageOf<'mfa_added'> | MessageOf<'mfa_removed'>,
  { texts: { fact, method: methods } }: Wording,
): Facts {
  return [
    [fact.method, methods[message.method]],
    [fact.label, message.label],
  ]
}
