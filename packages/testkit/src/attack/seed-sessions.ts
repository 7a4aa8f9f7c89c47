import { createHash } from 'node:crypto'
import type { SessionId } from '@keyholder/core'
import { databaseTime, insertSession, savePassword, type Tx } from '@keyholder/storage'
import type { Arena } from './arena.ts'

/** The cookie of the superuser's session in an account. */
export function seededCookie(slug: string): string {
  return `__Host-keyholder=${tokenOf(slug)}`
}

/** How far ahead of now the superuser has proven everything: a slow run takes its time, and stays fresh. */
const ahead = 86_400_000

/** Signs the account's superuser in twice, with everything that they hold. */
export async function seedSessions(tx: Tx, { superuser, slug }: Arena, passwordHash: string): Promise<void> {
  await savePassword(tx, superuser, passwordHash)
  const now = await databaseTime(tx)
  for (const suffix of ['', '-2']) {
    await insertSession(tx, {
      id: `ses_${slug}${suffix}` as SessionId,
      tokenHash: createHash('sha256')
        .update(tokenOf(`${slug}${suffix}`))
        .digest('hex'),
      user: superuser,
      session: {
        firstFactor: 'password',
        firstFactorAt: now + ahead,
        secondFactor: 'security_key',
        secondFactorAt: now + ahead,
        signedInAt: now,
        lastUsedAt: now,
        longestGap: 0,
      },
    })
  }
}

function tokenOf(called: string): string {
  return `khs_${createHash('sha256').update(called).digest('base64url')}`
}
