/** One refusal for whatever is wrong; the reason is for the log alone. */
export interface OidcRefusal {
  readonly code: 'sso_refused'
  readonly reason:
    | 'other_connection'
    | 'discovery'
    | 'callback'
    | 'provider_refused'
    | 'code_refused'
    | 'token'
    | 'userinfo'
    | 'subject'
    | 'unreachable'
  /** What was wrong with it, in words of this program's or of the protocol's, never of the other side's choosing. */
  readonly detail?: string
}
