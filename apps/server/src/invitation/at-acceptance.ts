import type { Invitation } from '@keyholder/core'
import { usersNamed } from '@keyholder/storage'
import type { Promised } from '../change/change-plan.ts'
import type { Scene } from '../change/scene.ts'
import { acceptedNow, somebody, type Taker } from './judge-offer.ts'

/**
 * What an invitation brings about once it is accepted, as if that were now.
 *
 * Whether the invitee has a login somewhere is not for the inviter to know: unless they have become a member
 * meanwhile, it is told of somebody who has nothing.
 */
export async function atAcceptance(scene: Scene, invitation: Invitation): Promise<Promised> {
  const taker = (await memberInvited(scene, invitation)) ?? somebody(invitation)
  const { account, email } = invitation
  const { user, home } = taker
  return { email, account, user, home, changes: acceptedNow(invitation, taker, scene.at) }
}

async function memberInvited(scene: Scene, { account, email }: Invitation): Promise<Taker | undefined> {
  const index = scene.index(account)
  const [found] = await usersNamed(scene.tx, account, [], [email])
  const member = found?.email === email ? index.member(found.user) : undefined
  if (!found || !member) return undefined
  const { user, home } = found
  return { user, home, member, held: index.grantsTo({ kind: 'user', id: user }) }
}
