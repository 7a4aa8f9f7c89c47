import type { Invitation } from '@keyholder/core'
import { hostNames } from '@keyholder/storage'
import { outgoingMail, type OutgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import { moment, momentOrNull } from './invitation-form.ts'

export interface InvitationMail {
  readonly account: { readonly slug: string; readonly name: string }
  /** The person who invites; left out where no person does. */
  readonly inviter: { readonly name: string | undefined; readonly email: string } | undefined
  readonly token: string
  /** Whether the same invitation was sent before, by a link that is dead now. */
  readonly resent: boolean
}

/** The mail that carries an invitation's link; the token is in it, and nowhere else. */
export async function invitationMail(
  { tx, index, newId }: Scene,
  invitation: Invitation,
  { account, inviter, token, resent }: InvitationMail,
): Promise<OutgoingMail> {
  const shown = invitation.showInviter ? inviter : undefined
  const { grants, groups } = invitation
  const ids = [...groups, ...grants.flatMap(({ role, organization }) => [role, organization ?? []].flat())]
  const stored = await hostNames(tx, invitation.account, [...new Set<string>(ids)])
  const nameOf = (id: string) => stored.get(id) ?? id

  return outgoingMail(
    newId,
    { account: invitation.account, recipient: invitation.email },
    {
      template: 'invitation',
      language: invitation.language,
      invitation: invitation.id,
      kind: invitation.kind,
      account: { slug: account.slug, name: account.name },
      inviter: shown ? { name: shown.name ?? null, email: shown.email } : null,
      subject: invitation.subject ?? null,
      body: invitation.body ?? null,
      roles: grants.map(({ role, organization, endsAt }) => ({
        role: index(invitation.account).role(role)?.name ?? nameOf(role),
        organization: organization === undefined ? null : nameOf(organization),
        ends_at: momentOrNull(endsAt),
      })),
      groups: groups.map(nameOf),
      expires_at: moment(invitation.expiresAt),
      resent,
      token,
    },
  )
}
