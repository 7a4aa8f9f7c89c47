import {
  acceptanceChanges,
  grantsToGive,
  judgeChanges,
  refuse,
  succeed,
  type AccessChange,
  type AccountId,
  type Actor,
  type ChangeRefusal,
  type EscalationRefusal,
  type Grant,
  type GrantId,
  type Invitation,
  type Member,
  type OrganizationId,
  type Result,
  type UserId,
} from '@keyholder/core'
import { mayFill } from '../change/filling-delegates.ts'
import type { Scene } from '../change/scene.ts'
import type { Reach } from '../http/reach.ts'

type Offer = Pick<Invitation, 'account' | 'kind' | 'grants' | 'groups'>
type NotPermitted = { readonly code: 'not_permitted'; readonly permission: string }

/** Whether an invitation of this kind may be touched: its permission, wherever the invitation brings something. */
export function mayTouch(reach: Reach, permission: string, offer: Offer): Result<undefined, NotPermitted> {
  const isAllowed = placesOf(offer).every((place) => reach.may(permission, place))
  return isAllowed ? succeed(undefined) : refuse({ code: 'not_permitted', permission })
}

/** Groups reach anywhere, and an invitation without a role is one into the account: both are of the whole account. */
function placesOf({ grants, groups }: Offer): readonly (OrganizationId | undefined)[] {
  const isOfTheAccount = groups.length > 0 || grants.length === 0
  return [
    ...new Set([...(isOfTheAccount ? [undefined] : []), ...grants.map(({ organization }) => organization)]),
  ]
}

/** Whether the caller may offer this: who may use a connection is theirs to say, and nothing in it is beyond them. */
export async function mayOffer(
  scene: Scene,
  offer: Offer,
): Promise<Result<unknown, ChangeRefusal | NotPermitted>> {
  const { account, groups } = offer
  const filling = await mayFill(scene.tx, scene.reach(account), account, groups)
  return filling.ok ? judgeOffer(scene, offer) : filling
}

/**
 * Whether somebody holds what this offers: the changes that the acceptance would make, with somebody made up in the invitee's
 * place. What has ended meanwhile is offered no more.
 */
function judgeOffer(
  { directory, at, actor }: Pick<Scene, 'directory' | 'at'> & { readonly actor: Actor },
  offer: Offer,
): Result<unknown, ChangeRefusal> {
  const { account } = offer
  return judgeChanges(directory, { actor, account, changes: acceptedNow(offer, somebody(offer), at), at })
}

/** Whoever takes an offer. */
export interface Taker {
  readonly user: UserId
  readonly home: AccountId
  readonly member?: Member | undefined
  /** The grants that they have been given themselves, in the account. */
  readonly held: readonly Grant[]
}

/** Somebody made up, who has nothing yet. */
export function somebody({ account, kind }: Pick<Offer, 'account' | 'kind'>): Taker {
  const home = kind === 'home' ? account : ('acc_elsewhere' as AccountId)
  return { user: 'usr_invitee' as UserId, home, held: [] }
}

/** What the acceptance of an offer would change, if it came now. */
export function acceptedNow(offer: Offer, taker: Taker, now: number): readonly AccessChange[] {
  const grants = grantsToGive(offer.grants, { held: taker.held, now })
  const grantIds = grants.map((_, place) => `grt_offered_${place}` as GrantId)
  return acceptanceChanges({ ...offer, grants }, taker, { member: taker.member, grantIds })
}

/** What of an offer goes beyond the caller, whatever else is wrong with it by now. */
export async function beyondIn(
  scene: Scene,
  offer: Offer,
): Promise<EscalationRefusal | NotPermitted | undefined> {
  const judged = await mayOffer(scene, offer)
  if (judged.ok) return undefined
  const { refusal } = judged
  return refusal.code === 'beyond_own_access' || refusal.code === 'not_permitted' ? refusal : undefined
}
