import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { action, paragraph, type Wording } from './wording.ts'

/** Asks everybody who may answer for an answer to what the other account offers. */
export function connectionOfferLetter(message: MessageOf<'connection_offer'>, wording: Wording): Letter {
  const { fact, connectionOffer } = wording.texts
  const text = connectionOffer[message.offer]
  const names = { account: message.account.name, from: message.from.name }

  return wording.letter({
    subject: wording.say(text.subject, names),
    blocks: [
      wording.greeting(null),
      paragraph(wording.say(text.lead, names)),
      ...wording.facts([
        [fact.from, message.from.name],
        [fact.maximum, message.maximum],
        [fact.until, message.ends_at && wording.date(message.ends_at)],
        [fact.purpose, message.purpose],
      ]),
      ...wording.quote(message.message),
      link(message.connection, wording),
      paragraph(wording.say(text.next, names)),
    ],
  })
}

/** Tells the administrators of one account what the other did. */
export function connectionChangedLetter(message: MessageOf<'connection_changed'>, wording: Wording): Letter {
  const { fact, connectionChanged } = wording.texts
  const text = connectionChanged[message.change]
  const names = { account: message.account.name, from: message.from.name }

  return wording.letter({
    subject: wording.say(text.subject, names),
    blocks: [
      wording.greeting(null),
      paragraph(wording.say(text.lead, names)),
      ...wording.facts([[fact.reason, message.reason]]),
      link(message.connection, wording),
    ],
  })
}

/** No secret: it leads to the connection, for whoever may see it. */
function link(connection: string, { texts, origin }: Wording) {
  return action(texts.connectionOffer.button, `${origin.publicUrl}/connection#${connection}`)
}
