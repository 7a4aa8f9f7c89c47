/** Why somebody who came back from an identity provider is not let in. */
export interface SsoFault {
  /** For the account's log, in words of this program's. */
  readonly reason: string
  /** For the server's log. */
  readonly detail?: string | undefined
  /** What the sign-in page is told: one word for everything, but for whoever has to link first. */
  readonly error?: 'sso_link_needed'
}
