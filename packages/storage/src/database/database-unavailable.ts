/**
 * The database did not do its part in time: nothing is known, so nothing may be allowed.
 *
 * A write that ends in this error may or may not have been made; repeat it under the same idempotency key.
 */
export class DatabaseUnavailable extends Error {
  readonly reason: 'unreachable' | 'busy' | 'read_only'

  constructor(reason: DatabaseUnavailable['reason'], cause: unknown) {
    super(sentences[reason], { cause })
    this.name = 'DatabaseUnavailable'
    this.reason = reason
  }
}

const sentences = {
  unreachable: 'The database cannot be reached.',
  busy: 'The database did not answer in time.',
  read_only: 'The database takes no changes at this time.',
} as const
