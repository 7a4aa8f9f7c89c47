import type { AccountId, GroupId, InvitationId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { Email } from '../user/email.ts'
import type { Invitee } from './answer.ts'
import type { Invitation } from './invitation.ts'

export const noon = Date.UTC(2026, 10, 21, 12)
export const day = 86_400_000
export const acme = 'acc_acme' as AccountId
export const nightowl = 'acc_nightowl' as AccountId
export const rome = 'org_rome' as OrganizationId

/** To Bob, by Ann: viewer over the account, editor in Rome, in the group Field; sent at noon, open for a week. */
export function invitation(change: Partial<Invitation> = {}): Invitation {
  return {
    id: 'inv_1' as InvitationId,
    account: acme,
    kind: 'home',
    email: 'bob@x.test' as Email,
    grants: [
      { role: 'viewer' as RoleId },
      { role: 'editor' as RoleId, organization: rome, endsAt: noon + day },
    ],
    groups: ['grp_field' as GroupId],
    language: 'en',
    showInviter: true,
    invitedBy: { kind: 'person', id: 'usr_ann' as UserId },
    tokenHash: 'hash-1',
    createdAt: noon,
    sentAt: noon,
    expiresAt: noon + 7 * day,
    ...change,
  }
}

/** Signed in, with the invited address verified, and at home here. */
export function bob(change: Partial<Invitee> = {}): Invitee {
  return {
    user: 'usr_bob' as UserId,
    home: acme,
    email: 'bob@x.test' as Email,
    emailVerified: true,
    ...change,
  }
}
