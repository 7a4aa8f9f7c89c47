import { documentOf } from './document.ts'
import { html, prose } from './html.ts'

interface Link {
  readonly title: string
  readonly says: string
  /** What a page that takes the link up does with what stands behind `#`. */
  readonly next: readonly string[]
}

/**
 * A page that a mail's link leads to where no console takes it up.
 *
 * What stands behind `#` never leaves the browser: the page needs none of it, and looking uses nothing up.
 */
export function linkPage({ title, says, next }: Link): string {
  const body = html`<main class="front">
    <header>
      <p class="state">Keyholder</p>
      <h1>${title}</h1>
      <p>${says}</p>
    </header>
    <h2>For whoever runs this product</h2>
    <ul>
      ${next.map((step) => html`<li>${prose(step)}</li>`)}
    </ul>
  </main>`
  return documentOf(title, body)
}

/** Where the link of an invitation leads. */
export const invitationLink: Link = {
  title: 'You are invited',
  says: 'Open this link again where you sign in to the product, with the address that the mail was sent to. Nothing is accepted by opening it.',
  next: [
    'The token of the invitation stands behind `#`. `POST /api/v1/invitations/open` shows what it offers, without a login, and uses nothing up.',
    'Where `has_login` is false, make the login, and accept with it, by `POST /api/v1/invitations/join`.',
    'Where it is true, sign in with the invited address, and answer with `POST /api/v1/invitations/accept` or `…/decline`.',
  ],
}

/** Where the link of an offered connection leads. */
export const connectionLink: Link = {
  title: 'An account offers a connection',
  says: 'Any one administrator of your account can accept it, decline it, or counter with something narrower.',
  next: [
    'The connection’s id stands behind `#`. Read it with `GET /api/v1/accounts/{account}/connections/{connection}`.',
    'Answer with `POST …/accept`, `…/decline` or `…/counter`.',
  ],
}

const tokenBehind = 'The token of the link stands behind `#token=`. It works once, and not for long.'

/** Where the link leads by which somebody sets a new password. */
export const passwordResetLink: Link = {
  title: 'Choose a new password',
  says: 'Open this link again where you sign in to the product. Your password stays as it is until you have chosen another one.',
  next: [
    tokenBehind,
    'Set the password with `POST /api/v1/password-reset/confirm`. Every session ends, and nobody is signed in by it.',
  ],
}

/** Where the link leads that proves an address. */
export const emailVerificationLink: Link = {
  title: 'Confirm your address',
  says: 'Open this link again where you sign in to the product. Nothing is confirmed by opening it.',
  next: [
    tokenBehind,
    'Confirm the address with `POST /api/v1/email-verification/confirm`. It needs no session.',
  ],
}

/** Where the link leads that proves the new address of a login. */
export const emailChangeLink: Link = {
  title: 'Confirm your new address',
  says: 'Open this link again where you sign in to the product. Your address stays as it is until the new one is confirmed.',
  next: [
    tokenBehind,
    'Confirm the change with `POST /api/v1/email-change/confirm`. It needs no session; every one ends, but for one that sends this itself.',
  ],
}
