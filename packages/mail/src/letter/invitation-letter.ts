import type { MessageOf } from '../message.ts'
import { oneLine } from '../text/written-by-people.ts'
import type { Block, Letter } from './letter.ts'
import { action, aside, paragraph, type Wording } from './wording.ts'

type Invitation = MessageOf<'invitation'>

/** Carries the link of an invitation, in the inviter's own words where they chose some. */
export function invitationLetter(message: Invitation, wording: Wording): Letter {
  const { texts, origin } = wording
  const { account, inviter } = message
  const text = texts.invitation
  const sender = inviter ? wording.nameOf(inviter) : account.name
  const until = wording.say(text.until, { date: wording.date(message.expires_at) })

  return wording.letter({
    subject: subjectOf(message, wording),
    heading: wording.say(text.heading, { account: account.name }),
    senderName: sender,
    blocks: [
      paragraph(
        inviter
          ? wording.say(text.leadBy, { inviter: wording.person(inviter), account: account.name })
          : wording.say(text.lead, { account: account.name }),
      ),
      ...wording.quote(message.body),
      ...offered(message, wording),
      ...(message.kind === 'external'
        ? [paragraph(wording.say(text.external, { account: account.name }))]
        : []),
      // Browsers keep what stands behind `#` to themselves: the token comes into no log and no `Referer`.
      action(text.button, `${origin.publicUrl}/invitation#${message.token}`),
      paragraph(until),
      ...(message.resent ? [aside(text.resent)] : []),
      aside(text.personal),
      aside(text.ignore),
    ],
  })
}

function subjectOf({ subject, account, inviter }: Invitation, wording: Wording): string {
  const text = wording.texts.invitation
  const chosen = oneLine(subject ?? '')
  if (chosen) return chosen
  return inviter
    ? wording.say(text.subjectBy, { account: account.name, inviter: wording.nameOf(inviter) })
    : wording.say(text.subject, { account: account.name })
}

function offered({ roles, groups }: Invitation, wording: Wording): readonly Block[] {
  const { fact, invitation: text, roleUntil } = wording.texts
  const facts = wording.facts([
    ...roles.map(({ role, organization, ends_at }): readonly [string, string] => [
      organization ?? fact.wholeAccount,
      ends_at ? wording.say(roleUntil, { role, date: wording.date(ends_at) }) : role,
    ]),
    [fact.groups, groups.join(', ')],
  ])
  return [paragraph(facts.length > 0 ? text.offered : text.nothingOffered), ...facts]
}
