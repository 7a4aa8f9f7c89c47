import { normalisePassword, type UserId } from '@keyholder/core'
import { HashQueue } from '@keyholder/server'
import { savePassword, transaction, type Database } from '@keyholder/storage'

/** The password of everybody in the tests who has one. */
export const testPassword = 'a quiet harbour at dusk'

let hashed: Promise<string> | undefined

/** Its hash, made once. */
export function testPasswordHash(): Promise<string> {
  hashed ??= hashOnce()
  return hashed
}

/** Gives somebody the password of the tests. */
export async function giveTestPassword(db: Database, user: UserId): Promise<void> {
  const hash = await testPasswordHash()
  await transaction(db, 'deployment', (tx) => savePassword(tx, user, hash))
}

async function hashOnce(): Promise<string> {
  const password = normalisePassword(testPassword)
  const made = password && (await new HashQueue().hash(password))
  if (!made?.ok) throw new Error('the password of the tests was not hashed')
  return made.value
}
