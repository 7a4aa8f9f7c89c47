import { createHash } from 'node:crypto'
import type { ChallengeId, Email, MfaTokenId, SessionId } from '@keyholder/core'
import type { Sealing } from '@keyholder/server'
import {
  beginTotp,
  confirmTotp,
  insertChallenge,
  insertKeyToken,
  replaceOneTimeToken,
  replaceRecoveryCodes,
  type Tx,
} from '@keyholder/storage'
import type { Arena } from './arena.ts'
import { challengeOf, coseKey, credentialIdOf } from './signed.ts'

/** The secret of every generator of one-time codes in the arenas, in base32. */
export const totpSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** A recovery code of the superuser. */
export const recoveryCode = '0123-4567-89ab-cdef-ghjk'

/** The token in the link by which the superuser resets their password. */
export function resetToken(slug: string): string {
  return `khr_${createHash('sha256').update(`reset ${slug}`).digest('base64url')}`
}

/** The token in the link by which the superuser verifies their address, or changes it. */
export function emailToken(slug: string, purpose: 'email_verification' | 'email_change'): string {
  return `khm_${createHash('sha256').update(`${purpose} ${slug}`).digest('base64url')}`
}

/** Slow runs take their time. */
const oneDay = 86_400_000

const challengePurposes = ['add_key', 'second_factor', 'sign_in', 'reauthenticate'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** The id of what the superuser is asked to sign for a purpose. */
export function challengeIdOf(slug: string, purpose: ChallengePurpose): string {
  return `chl_${slug}_${purpose}`
}

/** Gives the account's superuser every kind of second factor, each kind of challenge, and a link for a new password. */
export async function seedCredentials(tx: Tx, { superuser, slug }: Arena, sealing: Sealing): Promise<void> {
  await insertKeyToken(tx, {
    id: `mft_${slug}` as MfaTokenId,
    userId: superuser,
    name: slug,
    credentialId: credentialIdOf(slug),
    publicKey: coseKey(),
    signCount: 0,
    verifiesUser: true,
    backupEligible: false,
    backedUp: false,
    transports: ['usb'],
    aaguid: '00000000-0000-0000-0000-000000000000',
  })
  for (const suffix of ['-2', '-begun']) {
    const id = `mft_${slug}${suffix}` as MfaTokenId
    const sealedSecret = await sealing.seal(totpSecret, { purpose: 'totp_secret', owner: id })
    await beginTotp(tx, { id, user: superuser, name: slug, sealedSecret })
    if (suffix === '-2') await confirmTotp(tx, id, { step: 0, name: undefined })
  }
  await replaceRecoveryCodes(tx, superuser, [hashOf(recoveryCode.replaceAll('-', ''))])
  for (const purpose of challengePurposes) {
    const isHers = purpose !== 'sign_in'
    await insertChallenge(tx, {
      id: challengeIdOf(slug, purpose) as ChallengeId,
      purpose,
      challenge: challengeOf(slug),
      userId: isHers ? superuser : undefined,
      sessionId: isHers ? (`ses_${slug}` as SessionId) : undefined,
      life: oneDay,
    })
  }
  await replaceOneTimeToken(tx, {
    user: superuser,
    email: `${slug}-ada@${slug}.example` as Email,
    tokenHash: hashOf(resetToken(slug)),
    purpose: 'password_reset',
    life: oneDay,
  })
  for (const purpose of ['email_verification', 'email_change'] as const) {
    await replaceOneTimeToken(tx, {
      user: superuser,
      email: (purpose === 'email_change'
        ? `${slug}-new@${slug}.example`
        : `${slug}-ada@${slug}.example`) as Email,
      tokenHash: hashOf(emailToken(slug, purpose)),
      purpose,
      life: oneDay,
    })
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
