import type { Email } from '@keyholder/core'
import { findUserByEmail, transaction, type Database, type User } from '@keyholder/storage'

/** Whoever has this address, in whatever account; looked up beforehand, because an account sees only its own people. */
export function loginOf(db: Database, email: Email): Promise<User | undefined> {
  return transaction(db, 'deployment', (tx) => findUserByEmail(tx, email), { readOnly: true })
}
