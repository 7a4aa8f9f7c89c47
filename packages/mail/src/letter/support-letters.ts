import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { paragraph, type Wording } from './wording.ts'

/** Tells the superusers of an account that somebody of the deployment's staff is in it. */
export function supportAccessBegunLetter(
  message: MessageOf<'support_access_begun'>,
  wording: Wording,
): Letter {
  const { fact, supportAccessBegun: text } = wording.texts
  return wording.letter({
    subject: wording.say(text.subject, { account: message.account.name }),
    blocks: [
      wording.greeting(null),
      paragraph(wording.atProduct(text.lead)),
      ...wording.facts([
        [fact.support, wording.person(message.operator)],
        [fact.account, message.account.name],
        [fact.reason, message.reason],
        [fact.time, wording.date(message.at)],
        [fact.until, wording.date(message.ends_at)],
      ]),
      wording.open(),
      paragraph(text.next),
    ],
  })
}

/** Tells them that it is over, and who ended it. */
export function supportAccessEndedLetter(
  message: MessageOf<'support_access_ended'>,
  wording: Wording,
): Letter {
  const { fact, supportAccessEnded: text } = wording.texts
  return wording.letter({
    subject: wording.say(text.subject, { account: message.account.name }),
    blocks: [
      wording.greeting(null),
      paragraph(text[message.ended_by]),
      ...wording.facts([
        [fact.support, wording.person(message.operator)],
        [fact.account, message.account.name],
        [fact.time, wording.date(message.at)],
      ]),
      wording.open(),
      paragraph(text.next),
    ],
  })
}
