import { createHash } from 'node:crypto'
import type { Email, SessionId, SupportAccessId } from '@keyholder/core'
import { databaseTime, insertOperator, insertSession, insertSupportAccess, type Tx } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import { partnerOf, type Arena } from './arena.ts'

const hour = 3_600_000

/** The cookie of whoever of the operator's staff enters an account: a person of its partner. */
export function staffCookie(slug: string): string {
  return `__Host-keyholder=${tokenOf(partnerOf(slug))}`
}

/** Makes staff of the account's superuser and of somebody of its partner, who is in the account twice at this moment. */
export async function seedSupport(tx: Tx, { account, slug, superuser }: Arena): Promise<void> {
  const user = worldIds.user(`${partnerOf(slug)}-otto`)
  const now = await databaseTime(tx)
  await insertOperator(tx, superuser)
  if (await insertOperator(tx, user)) {
    const lately = now + 24 * hour // a slow run takes its time
    await insertSession(tx, {
      id: `ses_staff-${partnerOf(slug)}` as SessionId,
      tokenHash: createHash('sha256')
        .update(tokenOf(partnerOf(slug)))
        .digest('hex'),
      user,
      session: {
        firstFactor: 'password',
        firstFactorAt: lately,
        secondFactor: 'totp',
        secondFactorAt: lately,
        signedInAt: now,
        lastUsedAt: now,
        longestGap: 0,
      },
    })
  }
  for (const suffix of ['', '-2']) {
    await insertSupportAccess(tx, {
      access: {
        id: `sup_${slug}${suffix}` as SupportAccessId,
        account,
        user,
        scope: 'read',
        reason: 'Why not',
        startedAt: now,
        endsAt: now + 8 * hour,
      },
      email: 'otto@staff.example' as Email,
      name: 'Otto',
    })
  }
}

function tokenOf(partner: string): string {
  return `khs_${createHash('sha256').update(`staff ${partner}`).digest('base64url')}`
}
