import type { Invitation, Json, Language } from '@keyholder/core'
import type { Mail } from '@keyholder/storage'
import { moment } from './invitation-form.ts'

interface Sender {
  readonly name: string | undefined
  readonly email: string
}

interface MailContext {
  readonly id: string
  readonly account: { readonly slug: string; readonly name: string }
  /** The person who invites; left out where no person does. */
  readonly inviter: Sender | undefined
  readonly token: string
  /** Without a slash at its end. */
  readonly publicUrl: string
}

/**
 * The mail that carries an invitation's link.
 *
 * The token stands behind `#`, which browsers keep to themselves: it comes into no log and no `Referer`.
 */
export function invitationMail(
  invitation: Invitation,
  { id, account, inviter, token, publicUrl }: MailContext,
): Mail {
  const shown = invitation.showInviter ? inviter : undefined
  const name = shown && (shown.name ?? shown.email)
  const payload: Json = {
    template: 'invitation',
    language: invitation.language,
    invitation: invitation.id,
    kind: invitation.kind,
    account: { slug: account.slug, name: account.name },
    sender_name: name ?? account.name,
    inviter: shown ? { name: shown.name ?? null, email: shown.email } : null,
    subject: invitation.subject ?? defaultSubject(invitation.language, account.name, name),
    body: invitation.body ?? null,
    expires_at: moment(invitation.expiresAt),
    link: `${publicUrl}/invitation#${token}`,
  }
  return { id, account: invitation.account, recipient: invitation.email, payload }
}

/** What a mail is about where its author says nothing, with the inviter where they are shown. */
const subjects: Record<Language, { readonly plain: string; readonly by: string }> = {
  en: { plain: 'Invitation to join {account}', by: 'Invitation to join {account} by {inviter}' },
  de: { plain: 'Einladung zu {account}', by: 'Einladung zu {account} von {inviter}' },
  fr: {
    plain: 'Invitation à rejoindre {account}',
    by: 'Invitation à rejoindre {account} de la part de {inviter}',
  },
  es: { plain: 'Invitación para unirse a {account}', by: 'Invitación de {inviter} para unirse a {account}' },
  'pt-BR': {
    plain: 'Convite para participar de {account}',
    by: 'Convite de {inviter} para participar de {account}',
  },
  ja: { plain: '{account} への招待', by: '{inviter} さんから {account} への招待' },
}

function defaultSubject(language: Language, account: string, inviter: string | undefined): string {
  const { plain, by } = subjects[language]
  const pattern = inviter === undefined ? plain : by
  return pattern.replace(/\{(account|inviter)\}/g, (_, name) =>
    name === 'account' ? account : (inviter ?? ''),
  )
}
