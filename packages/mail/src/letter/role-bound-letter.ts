import type { MessageOf } from '../message.ts'
import type { Letter } from './letter.ts'
import { aside, paragraph, type Wording } from './wording.ts'

/** Tells somebody that they have a role, which is theirs without an invitation. */
export function roleBoundLetter(message: MessageOf<'role_bound'>, wording: Wording): Letter {
  const { texts } = wording
  const { account, organization, by } = message
  const place = organization
    ? wording.say(texts.organizationIn, { organization: organization.name, account: account.name })
    : account.name

  return wording.letter({
    subject: wording.say(texts.roleBound.subject, { place }),
    blocks: [
      wording.greeting(message.name),
      paragraph(
        by ? wording.say(texts.roleBound.lead, { by: wording.person(by) }) : texts.roleBound.leadAnybody,
      ),
      ...wording.facts([
        [texts.fact.role, message.role],
        [texts.fact.organization, organization ? organization.name : texts.fact.wholeAccount],
        [texts.fact.account, account.name],
        [texts.fact.until, message.ends_at && wording.date(message.ends_at)],
      ]),
      wording.open(),
      aside(wording.say(texts.roleBound.leave, { account: account.name })),
    ],
  })
}
