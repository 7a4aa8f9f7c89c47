import {
  mayAnswer,
  refuse,
  succeed,
  superuserKey,
  type AccessChange,
  type AccountId,
  type Actor,
  type GrantId,
  type Invitee,
  type KeyId,
  type Result,
  type RoleId,
  type SignInPolicy,
  type UserId,
} from '@keyholder/core'
import type { acceptInvitation, BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { AddressTaken } from '../change/address-taken.ts'
import type { AccountChanges, EventDraft } from '../change/change-plan.ts'
import type { Scene } from '../change/scene.ts'
import type { Refused } from '../http/call.ts'
import type { NewId } from '../new-id.ts'
import { policyOf } from '../session/policy-of.ts'
import type { Opened } from './find-by-token.ts'

/** What somebody says of themselves who has no login yet. */
type SignUp = NonNullable<BodyOf<typeof acceptInvitation>['sign_up']>

/** Whoever accepts: with the login that they have, or with one that is made for them. */
export interface Accepting {
  readonly invitee: Invitee
  /** What they say about themselves where they have no login yet. */
  readonly signUp?: SignUp | undefined
}

/** Who accepts an invitation. The address is the invited one, whatever else they say of themselves. */
export function acceptingBy(
  { invitation, login, isPresent, at }: Opened,
  signUp: SignUp | undefined,
  newId: NewId,
): Result<Accepting, Refused['refusal']> {
  const { account, email, kind } = invitation
  const invitee: Invitee = {
    user: login?.id ?? newId<UserId>('user'),
    home: login?.home ?? (kind === 'home' ? account : newId<AccountId>('account')),
    email,
    emailVerified: true,
  }
  const answer = mayAnswer(invitation, invitee, at)
  if (!answer.ok) return refuse(answerRefusal(answer.refusal))
  if (login && (!isPresent || signUp)) return refuse({ code: 'invitation_login_exists' })
  if (!login && !signUp) return refuse({ code: 'invitation_needs_sign_up' })
  return succeed({ invitee, signUp })
}

/** The refusal of an answer as it goes out: to a stranger, as if there were no such invitation. */
export function answerRefusal<R extends { readonly code: string }>(refusal: R) {
  if (refusal.code === 'invitation_for_somebody_else') return { code: 'invitation_not_found' as const }
  if ('expiredAt' in refusal) {
    return {
      code: 'invitation_expired' as const,
      expiredAt: new Date(refusal.expiredAt as number).toISOString(),
    }
  }
  return refusal as Exclude<R, { readonly code: 'invitation_for_somebody_else' | 'invitation_expired' }>
}

/** Everything that comes with a new login: the person, and the small account where they are at home in none yet. */
export interface Joining {
  readonly before: (tx: storage.Tx) => Promise<void>
  readonly access: readonly AccountChanges[]
  readonly events: readonly EventDraft[]
}

/** Nobody holds anything yet in an account that is only being made: the laws alone bound its first changes. */
const founder: Actor = { kind: 'operator', key: 'key_founder' as KeyId }

/** What it takes to make the login of somebody who accepts; nothing, where they have one. */
export function joining(scene: Scene, inviting: AccountId, { invitee, signUp }: Accepting): Joining {
  if (!signUp) return { before: async () => {}, access: [], events: [] }
  const person: storage.NewUser = {
    id: invitee.user,
    home: invitee.home,
    email: invitee.email,
    name: signUp.name,
    language: signUp.language,
    verifiedAt: new Date(scene.at),
  }
  if (invitee.home === inviting) return { before: (tx) => addPerson(tx, person), access: [], events: [] }

  const small = { id: invitee.home, ...smallAccount(invitee.home, invitee.email, signUp) }
  return {
    before: async (tx) => {
      if (!(await storage.insertAccount(tx, small))) throw taken()
      await addPerson(tx, person)
    },
    access: [{ account: small.id, changes: firstSuperuser(scene, invitee), judgedAs: founder }],
    events: [
      {
        action: 'account.create',
        target: { type: 'account', id: small.id },
        accounts: [small.id],
        after: { slug: small.slug, name: small.name, superuser: invitee.user },
      },
    ],
  }
}

/** How people sign in at the home that a new login gets. */
export function policyOfNewHome({ invitation, account }: Opened): SignInPolicy {
  return policyOf(invitation.kind === 'home' ? account.settings : {})
}

/** What the account of somebody is called who has no other; its slug tells nothing about them. */
export function smallAccount(id: AccountId, email: string, { account_name: chosen, name }: SignUp) {
  return { slug: `home-${id.slice(-16)}`, name: chosen ?? name ?? email }
}

function firstSuperuser(scene: Scene, { user, home }: Invitee): readonly AccessChange[] {
  return [
    { kind: 'member_set', member: { user, kind: 'home', status: 'active', home } },
    {
      kind: 'grant_set',
      grant: {
        id: scene.newId<GrantId>('grant'),
        subject: { kind: 'user', id: user },
        role: superuserKey as RoleId,
      },
    },
  ]
}

async function addPerson(tx: storage.Tx, person: storage.NewUser): Promise<void> {
  if (!(await storage.insertUser(tx, person))) throw taken()
}

/** Somebody made a login with this address, or an account of this name, since it was looked up. */
function taken(): AddressTaken {
  return new AddressTaken('somebody took the address at this very moment')
}
