import { succeed, type Result, type UserId } from '@keyholder/core'
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import { challengeLife, isFor, type Challenge, type ChallengePurpose } from './challenge.ts'
import { isBase64Url, refuseFramed } from './client-data.ts'
import { KeyFault, reasonOf, refuseKey, type KeyRefused } from './key-refused.ts'
import { demandSoundKey } from './public-key.ts'
import type { RelyingParty } from './relying-party.ts'

/** A key of somebody, as it is kept. */
export interface StoredKey {
  readonly credentialId: string
  readonly userId: UserId
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly verifiesUser: boolean
  readonly backupEligible: boolean
  readonly transports: readonly string[]
}

/** A key that was just used, and what is to be kept of that. */
export interface UsedKey {
  readonly credentialId: string
  readonly userId: UserId
  readonly signCount: number
  readonly userVerified: boolean
  readonly backedUp: boolean
}

export type KeyUse = Exclude<ChallengePurpose, 'add_key'>

/** Beside a password the key need not know its person; alone it must. */
const standsAlone: Readonly<Record<KeyUse, boolean>> = {
  second_factor: false,
  sign_in: true,
  reauthenticate: true,
}

/**
 * What a browser is asked in order to use a key. Without keys it offers those that it finds by itself, so that the
 * answer is the same whoever asks.
 */
export function keyUseOptions(
  party: RelyingParty,
  use: KeyUse,
  keys: readonly Pick<StoredKey, 'credentialId' | 'transports'>[],
  challenge: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: isoBase64URL.toBuffer(challenge),
    timeout: challengeLife,
    userVerification: standsAlone[use] ? 'required' : 'preferred',
    allowCredentials: keys.map((key) => ({ id: key.credentialId, transports: [...key.transports] })),
  })
}

/** Holds a browser's answer against the key that it names; `key` is what is kept under that id, of whomever it is. */
export async function readKeyUse(
  party: RelyingParty,
  challenge: Challenge,
  wanted: Omit<Challenge, 'challenge' | 'purpose'> & { readonly purpose: KeyUse },
  key: StoredKey | undefined,
  response: AuthenticationResponseJSON,
): Promise<Result<UsedKey, KeyRefused>> {
  if (!isFor(challenge, wanted)) return refuseKey('The challenge is for something else.')
  if (key === undefined || key.credentialId !== response.id) return refuseKey('The key is unknown.')
  if (wanted.userId !== undefined && key.userId !== wanted.userId)
    return refuseKey('The key is somebody else’s.')
  try {
    return succeed(await usedKeyIn(party, challenge.challenge, wanted.purpose, key, response))
  } catch (thrown) {
    return refuseKey(reasonOf(thrown))
  }
}

async function usedKeyIn(
  party: RelyingParty,
  challenge: string,
  use: KeyUse,
  key: StoredKey,
  response: AuthenticationResponseJSON,
): Promise<UsedKey> {
  const alone = standsAlone[use]
  if (alone && !key.verifiesUser) throw new KeyFault('The key cannot stand alone.')
  demandPersonOf(key, response.response.userHandle, use)
  if (!isBase64Url(response.response.signature)) throw new KeyFault('The signature is no base64url.')
  refuseFramed(response.response.clientDataJSON)
  demandSoundKey(key.publicKey)

  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    expectedType: 'webauthn.get',
    requireUserVerification: alone,
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(key.publicKey),
      counter: key.signCount,
    },
  })
  if (!verified) throw new KeyFault('The signature is not the key’s.')
  if ((authenticationInfo.credentialDeviceType === 'multiDevice') !== key.backupEligible) {
    throw new KeyFault('Whether the key can be copied does not change.')
  }
  return {
    credentialId: key.credentialId,
    userId: key.userId,
    signCount: authenticationInfo.newCounter,
    userVerified: authenticationInfo.userVerified,
    backedUp: authenticationInfo.credentialBackedUp,
  }
}

/** The key says whose it is: it may keep silent beside a password, and says it where nobody else does. */
function demandPersonOf(key: StoredKey, userHandle: string | null | undefined, use: KeyUse): void {
  if (userHandle === undefined || userHandle === null || userHandle === '') {
    if (use === 'sign_in') throw new KeyFault('The key does not say whose it is.')
    return
  }
  if (userHandle !== Buffer.from(key.userId, 'utf8').toString('base64url')) {
    throw new KeyFault('The key says that it is somebody else’s.')
  }
}
