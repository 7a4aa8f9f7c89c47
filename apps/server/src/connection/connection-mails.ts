import { searchSubjects, type Agreement, type Side } from '@keyholder/core'
import type { MessageOf } from '@keyholder/mail'
import { accountNames, findUser } from '@keyholder/storage'
import { outgoingMail, type OutgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import { moment } from './connection-form.ts'
import { namesFor } from './host-names.ts'

export type ConnectionChange = MessageOf<'connection_changed'>['change']

/** One mail for each administrator of the side that an offer waits for: everybody who may answer it. */
export async function offerMails(
  scene: Scene,
  agreement: Agreement,
  tells: Side,
): Promise<readonly OutgoingMail[]> {
  const { connection, offer, message, purpose } = agreement
  const name = await namesFor(scene.tx, scene.directory.blueprint, connection.host, [agreement])
  const terms = offer?.terms
  return mailsTo(scene, agreement, tells, {
    template: 'connection_offer',
    connection: connection.id,
    offer: connection.status !== 'proposed' ? 'widening' : offer?.by === 'guest' ? 'counter' : 'proposal',
    maximum: terms ? name(terms.maximum).name : null,
    ends_at: terms?.endsAt === undefined ? null : moment(terms.endsAt),
    purpose: purpose ?? null,
    message: message ?? null,
  })
}

/** One mail for each administrator of the side that has to learn what the other did. */
export function changeMails(
  scene: Scene,
  agreement: Agreement,
  tells: Side,
  { change, reason }: { readonly change: ConnectionChange; readonly reason?: string | undefined },
): Promise<readonly OutgoingMail[]> {
  const connection = agreement.connection.id
  return mailsTo(scene, agreement, tells, {
    template: 'connection_changed',
    connection,
    change,
    reason: reason ?? null,
  })
}

type Told<M> = M extends unknown ? Omit<M, 'language' | 'account' | 'from'> : never

async function mailsTo(
  { tx, directory, at, newId }: Scene,
  { connection }: Agreement,
  tells: Side,
  told: Told<MessageOf<'connection_offer' | 'connection_changed'>>,
): Promise<readonly OutgoingMail[]> {
  const [account, other] = [connection[tells], connection[otherSide(tells)]]
  const names = await accountNames(tx, [account, other])
  const [to, from] = [names.get(account), names.get(other)]
  if (!to || !from) throw new Error('an account that is locked has no name')
  const between = { account: { slug: to.slug, name: to.name }, from: { slug: from.slug, name: from.name } }
  const mails: OutgoingMail[] = []
  for (const id of searchSubjects(directory, { permission: 'connection.answer', account, at })) {
    const person = await findUser(tx, id)
    if (!person) continue
    const { email: recipient, language } = person
    mails.push(outgoingMail(newId, { account, recipient }, { ...told, ...between, language }))
  }
  return mails
}

export function otherSide(side: Side): Side {
  return side === 'host' ? 'guest' : 'host'
}
