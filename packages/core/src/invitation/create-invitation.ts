import type { Author } from '../access/author.ts'
import type { AccountId, InvitationId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { normaliseEmail, type EmailFault } from '../user/email.ts'
import { expiryOf, type LifeRefusal } from './invitation-life.ts'
import type { Invitation, InvitationContent } from './invitation.ts'

export interface InvitationRequest extends Partial<InvitationContent> {
  readonly kind: Invitation['kind']
  /** As it was typed. */
  readonly email: string
  /** Left out for seven days. */
  readonly expiresAt?: number | undefined
}

export interface InvitationContext {
  readonly id: InvitationId
  readonly account: AccountId
  readonly invitedBy: Author
  readonly tokenHash: string
  /** The longest time, in milliseconds, for which this account leaves an invitation open. */
  readonly maximumLife: number
  readonly now: number
  /** Whether the person with this e-mail is a member already. */
  readonly isMember: boolean
  /** Another open invitation of this account for the same e-mail. */
  readonly open?: InvitationId | undefined
}

export type CreateInvitationRefusal =
  | EmailFault
  | LifeRefusal
  | { readonly code: 'invitation_already_member' }
  | { readonly code: 'invitation_already_open'; readonly invitation: InvitationId }
  | { readonly code: 'invitation_subject_malformed' }

/**
 * Makes a pending invitation; nothing is given until it is accepted.
 *
 * What it offers is judged apart, as the changes that its acceptance would make (`acceptanceChanges`): once now, so
 * that nobody offers more than they hold, and once more at acceptance, against what the inviter holds then.
 */
export function createInvitation(
  request: InvitationRequest,
  context: InvitationContext,
): Result<Invitation, CreateInvitationRefusal> {
  const email = normaliseEmail(request.email)
  if (!email.ok) return email
  if (context.isMember) return refuse({ code: 'invitation_already_member' })
  if (context.open) return refuse({ code: 'invitation_already_open', invitation: context.open })
  if (!isSubject(request.subject)) return refuse({ code: 'invitation_subject_malformed' })

  const expiresAt = expiryOf(request.expiresAt, context.maximumLife, context.now)
  if (!expiresAt.ok) return expiresAt

  return succeed({
    id: context.id,
    account: context.account,
    kind: request.kind,
    email: email.value,
    grants: request.grants ?? [],
    groups: request.groups ?? [],
    language: request.language ?? 'en',
    showInviter: request.showInviter ?? true,
    subject: request.subject,
    body: request.body,
    invitedBy: context.invitedBy,
    tokenHash: context.tokenHash,
    createdAt: context.now,
    sentAt: context.now,
    expiresAt: expiresAt.value,
  })
}

/** A subject is one line: a line break in it would start a header of its own. */
export function isSubject(subject: string | undefined): boolean {
  return subject === undefined || !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject)
}
