import { documentOf } from './document.ts'
import { html, prose, type Html } from './html.ts'

type Meanings = readonly (readonly [word: string, says: string])[]

/** What is left to do before a sign-in is one. */
const pending: Meanings = [
  [
    'second_factor',
    'You hold a second factor. Prove it with `POST /api/v1/session/totp`, `/api/v1/session/security-key` or `/api/v1/session/recovery-code`.',
  ],
  [
    'set_up_mfa',
    'Your account asks for a second factor, and you have none yet. Set one up with `POST /api/v1/me/tokens/totp` or `/api/v1/me/tokens/security-key`.',
  ],
  [
    'link_sso',
    'Your account lets people in by its identity provider only, and you are not linked to it yet. `POST /api/v1/me/identities/link` leads there.',
  ],
]

/** Why somebody who came back from an identity provider is not let in, as far as they are told. */
const errors: Meanings = [
  [
    'sso_failed',
    'It did not work, and nobody was signed in. Begin again. Why it did not work stands in the account’s activity log, as a refused `sign_in.sso`, for an administrator to read.',
  ],
  [
    'sso_link_needed',
    'Your address has a login already, which single sign-on does not take over. Sign in as you did before, then link the two with `POST /api/v1/me/identities/link`.',
  ],
]

/**
 * The page that single sign-on sends a browser to when it is not let in yet, or not at all.
 *
 * It is the same for everybody: what stands behind `?` is read by the person and not by the page, so that no link can make
 * it say anything.
 */
export function signInPage(): string {
  const body = html`<main class="front">
    <header>
      <p class="state">Keyholder</p>
      <h1>Signing in</h1>
      <p>
        People sign in by the API for now, and not on a page. If you were sent here, the address above says
        where you stand.
      </p>
    </header>
    <h2>Something is left to do</h2>
    <p>
      ${prose('Behind `pending=` stands what. The session that you have opens nothing else until it is done, and ends after a quarter of an hour; `return_to=` is where you were going.')}
    </p>
    ${listOf(pending)}
    <h2>It did not work</h2>
    <p>${prose('Behind `error=` stands what became of it.')}</p>
    ${listOf(errors)}
    <h2>Signing in by hand</h2>
    <p>
      ${prose('`POST /api/v1/sign-in` tells which single sign-on an address comes by, if any. `POST /api/v1/sign-in/password`, `/api/v1/sign-in/passkey` and `/api/v1/sign-in/sso` begin; the answer, or the way back, sets the cookie.')}
      <a href="/docs/api">The reference</a> has them all.
    </p>
  </main>`
  return documentOf('Signing in', body)
}

function listOf(meanings: Meanings): Html {
  return html`<dl class="facts">
    ${meanings.map(
      ([word, says]) =>
        html`<div>
          <dt><code>${word}</code></dt>
          <dd>${prose(says)}</dd>
        </div>`,
    )}
  </dl>`
}
