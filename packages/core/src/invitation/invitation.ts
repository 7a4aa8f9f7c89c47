import type { Author } from '../access/author.ts'
import type { Bounds } from '../grant/grant.ts'
import type { AccountId, GroupId, InvitationId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { Email } from '../user/email.ts'
import type { Language } from '../user/language.ts'

/** A grant that waits for its subject: the role over the whole account, or over one organization. */
export interface OfferedGrant extends Bounds {
  readonly role: RoleId
  /** Left out for the whole account: the default role. */
  readonly organization?: OrganizationId | undefined
}

/** What an invitation brings and says; the part that its author may edit while it is open. */
export interface InvitationContent {
  readonly grants: readonly OfferedGrant[]
  readonly groups: readonly GroupId[]
  readonly language: Language
  /** Whether the mail and the page show the inviter's name and e-mail. */
  readonly showInviter: boolean
  /** Left out for the default of the language. */
  readonly subject?: string | undefined
  readonly body?: string | undefined
}

export interface Invitation extends InvitationContent {
  readonly id: InvitationId
  readonly account: AccountId
  /** Asked for as a user of this account, or as somebody whose home is elsewhere. */
  readonly kind: 'home' | 'external'
  readonly email: Email
  readonly invitedBy: Author
  /** Of the link in the last mail; every earlier link is dead. */
  readonly tokenHash: string
  readonly createdAt: number
  readonly sentAt: number
  /** From this millisecond on it can no longer be accepted. */
  readonly expiresAt: number
  /** Left out while it is open. */
  readonly settled?: Settlement | undefined
}

export interface Settlement {
  readonly state: 'accepted' | 'declined' | 'revoked'
  readonly at: number
  /** The person who answered or revoked it, where it was a person. */
  readonly by?: UserId | undefined
}

export type InvitationState = 'pending' | 'accepted' | 'declined' | 'expired' | 'revoked'

/** The state at a moment: an expiry is a fact of the clock, and no job has to run for it. */
export function invitationState(
  invitation: Pick<Invitation, 'settled' | 'expiresAt'>,
  at: number,
): InvitationState {
  if (invitation.settled) return invitation.settled.state
  return at < invitation.expiresAt ? 'pending' : 'expired'
}
