import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { paragraph, type Wording } from './wording.ts'

/** Asks those who may grant what somebody asks for. */
export function accessRequestedLetter(message: MessageOf<'access_requested'>, wording: Wording): Letter {
  const { fact, accessRequested: text } = wording.texts
  const { account, organization, by } = message
  const place = (organization ?? account).name
  const person = wording.person(by)

  return wording.letter({
    subject: wording.say(text.subject, { person: wording.nameOf(by), organization: place }),
    blocks: [
      wording.greeting(null),
      paragraph(wording.say(text.lead, { person, organization: place })),
      ...wording.facts([
        [fact.person, person],
        [fact.organization, organization?.name ?? null],
        [fact.account, account.name],
        [fact.role, message.role],
      ]),
      ...wording.quote(message.message),
      wording.open(),
      paragraph(text.next),
    ],
  })
}

/** Tells whoever asked that they have access now. */
export function accessRequestApprovedLetter(
  message: MessageOf<'access_request_approved'>,
  wording: Wording,
): Letter {
  const { fact, accessRequestApproved: text } = wording.texts
  const { account, organization } = message
  return wording.letter({
    subject: wording.say(text.subject, { organization: (organization ?? account).name }),
    blocks: [
      wording.greeting(message.name),
      paragraph(text.lead),
      ...wording.facts([
        [fact.role, message.role],
        [fact.organization, organization?.name ?? null],
        [fact.account, account.name],
        [fact.until, message.ends_at && wording.date(message.ends_at)],
      ]),
      ...wording.quote(message.message),
      wording.open(),
    ],
  })
}

/** Tells whoever asked that they do not get access. */
export function accessRequestDeclinedLetter(
  message: MessageOf<'access_request_declined'>,
  wording: Wording,
): Letter {
  const { fact, accessRequestDeclined: text } = wording.texts
  const { account, organization } = message
  const names = { organization: (organization ?? account).name }
  return wording.letter({
    subject: wording.say(text.subject, names),
    blocks: [
      wording.greeting(message.name),
      paragraph(wording.say(text.lead, names)),
      ...wording.facts([
        [fact.organization, organization?.name ?? null],
        [fact.account, account.name],
      ]),
      ...wording.quote(message.message),
    ],
  })
}
