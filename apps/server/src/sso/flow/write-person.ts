import { normaliseEmail, type SsoIdentityId, type UserId } from '@keyholder/core'
import { insertSsoIdentity, insertUser, Overtaken, touchSsoIdentity, type Tx } from '@keyholder/storage'
import type { Arrival } from './arrival.ts'
import type { Recognised } from './recognise.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Writes the login of a newcomer; of anybody else nothing, whatever the provider calls them by now. */
export async function writePerson(
  tx: Tx,
  { connection }: Arrival,
  user: UserId,
  recognised: Recognised,
  at: number,
): Promise<void> {
  if (recognised.who !== 'newcomer') return
  const { email, name, verified } = recognised.newcomer
  const verifiedAt = verified ? new Date(at) : undefined
  const isNew = await insertUser(tx, { id: user, home: connection.account, email, name, verifiedAt })
  if (!isNew) throw new Overtaken('somebody took the address at this very moment')
}

/** Ties the subject to whoever it is from now on, or notes that they came by it again. */
export async function writeIdentity(
  tx: Tx,
  { newId }: SsoDeps,
  { connection, identity: { subject, email } }: Arrival,
  user: UserId,
  recognised: Recognised,
): Promise<void> {
  if (recognised.who === 'known') {
    await touchSsoIdentity(tx, recognised.identity.id, labelOf(email))
    return
  }
  const isNew = await insertSsoIdentity(tx, {
    id: newId<SsoIdentityId>('sso_identity'),
    account: connection.account,
    connection: connection.id,
    subject,
    user,
    email: labelOf(email),
  })
  if (!isNew) throw new Overtaken('somebody was linked to the subject at this very moment')
}

/** What a provider calls an address, where it is one. */
function labelOf(email: string | undefined): string | undefined {
  const read = normaliseEmail(email ?? '')
  return read.ok ? read.value : undefined
}
