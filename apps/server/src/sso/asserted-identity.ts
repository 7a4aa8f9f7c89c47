import type { Attributes } from '@keyholder/core'

/** Who an identity provider says has signed in; both protocols give this, and only after everything was verified. */
export interface AssertedIdentity {
  /** With the connection, the only key of the person: never the e-mail. */
  readonly subject: string
  /** A label. It proves nothing, whatever `emailVerified` says, unless the account has proven the address's domain. */
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly name: string | undefined
  readonly attributes: Attributes
  /** When the person last proved who they are, where the provider tells. */
  readonly authenticatedAt: Date | undefined
  /** How they did, in the provider's words: `amr` and `acr`, or the class of the authentication. */
  readonly methods: readonly string[]
}

/** Names that are kept apart to the letter; one that is empty, padded, very long or partly invisible is no name. */
export function isSubject(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= 256 &&
    value === value.trim() &&
    !/\p{C}/u.test(value)
  )
}
