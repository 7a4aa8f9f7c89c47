import type { Json, OfferedGrant } from '@keyholder/core'
import type { ListedInvitation } from '@keyholder/storage'

/** An invitation as the API shows it. */
export function invitationForm({ invitation, state, daysLeft, inviter }: ListedInvitation) {
  const { settled } = invitation
  return {
    id: invitation.id,
    kind: invitation.kind,
    email: invitation.email,
    state,
    ...rolesForm(invitation.grants),
    groups: [...invitation.groups],
    language: invitation.language,
    show_inviter: invitation.showInviter,
    subject: invitation.subject ?? null,
    body: invitation.body ?? null,
    inviter: {
      kind: invitation.invitedBy.kind,
      id: invitation.invitedBy.id,
      email: inviter?.email ?? null,
      name: inviter?.name ?? null,
    },
    created_at: moment(invitation.createdAt),
    sent_at: moment(invitation.sentAt),
    expires_at: moment(invitation.expiresAt),
    days_left: daysLeft ?? null,
    settled_at: settled ? moment(settled.at) : null,
    settled_by: settled?.by ?? null,
  }
}

function rolesForm(grants: readonly OfferedGrant[]) {
  const over = grants.find(({ organization }) => organization === undefined)
  return {
    default_role: over ? boundedRole(over) : null,
    grants: grants.flatMap((grant) =>
      grant.organization === undefined ? [] : [{ ...boundedRole(grant), organization: grant.organization }],
    ),
  }
}

function boundedRole({ role, startsAt, endsAt }: OfferedGrant) {
  return { role, starts_at: momentOrNull(startsAt), ends_at: momentOrNull(endsAt) }
}

/** What the log tells of an invitation; its link is told nowhere. */
export function told({ invitation }: Pick<ListedInvitation, 'invitation'>) {
  return {
    email: invitation.email,
    kind: invitation.kind,
    ...rolesForm(invitation.grants),
    groups: [...invitation.groups],
    expires_at: moment(invitation.expiresAt),
  } satisfies Json
}

export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function momentOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : moment(milliseconds)
}
