import { searchSubjects, type Agreement, type Side } from '@keyholder/core'
import { accountNames, findUser, type Mail } from '@keyholder/storage'
import type { Scene } from '../change/scene.ts'

/**
 * One mail for each administrator of the side that an offer waits for: everybody who may answer it.
 *
 * The link is no secret: it leads to the connection, for whoever may see it.
 */
export async function offerMails(
  scene: Scene,
  publicUrl: string,
  { connection, offer, message, purpose }: Agreement,
  tells: Side,
): Promise<readonly Mail[]> {
  const { tx, directory, at } = scene
  const [account, other] = [connection[tells], connection[tells === 'host' ? 'guest' : 'host']]
  const names = await accountNames(tx, [account, other])
  const [to, from] = [names.get(account), names.get(other)]
  if (!to || !from) throw new Error('an account that is locked has no name')
  const administrators = searchSubjects(directory, { permission: 'connection.answer', account, at })
  const mails: Mail[] = []
  for (const id of administrators) {
    const person = await findUser(tx, id)
    if (!person) continue
    mails.push({
      id: scene.newId('mail'),
      account,
      recipient: person.email,
      payload: {
        template: 'connection_offer',
        language: person.language,
        connection: connection.id,
        status: connection.status,
        account: { slug: to.slug, name: to.name },
        from: { slug: from.slug, name: from.name },
        ends_at: offer?.terms.endsAt === undefined ? null : new Date(offer.terms.endsAt).toISOString(),
        purpose: purpose ?? null,
        message: message ?? null,
        link: `${publicUrl}/connection#${connection.id}`,
      },
    })
  }
  return mails
}
