import { succeed, type Result, type UserId } from '@keyholder/core'
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import { challengeLife, isFor, type Challenge } from './challenge.ts'
import { isBase64Url, refuseFramed } from './client-data.ts'
import { KeyFault, reasonOf, refuseKey, type KeyRefused } from './key-refused.ts'
import { algorithms, demandSoundKey } from './public-key.ts'
import type { RelyingParty } from './relying-party.ts'

/** A key that was just made, as it is to be kept. */
export interface NewKey {
  readonly credentialId: string
  /** A COSE key. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly signCount: number
  /** Whether it knows its person by a PIN or a body part, and so can stand alone. */
  readonly verifiesUser: boolean
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly transports: readonly string[]
  readonly aaguid: string
}

interface KnownKey {
  readonly credentialId: string
  readonly transports: readonly string[]
}

/** Attestation is not asked for: these are what browsers pass on all the same. */
const formats: readonly string[] = ['none', 'packed', 'fido-u2f']

const knownTransports: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

/** What a browser is asked in order to make a key; keys that the person has already are not made again. */
export function addKeyOptions(
  party: RelyingParty,
  person: { readonly id: UserId; readonly email: string; readonly name: string },
  known: readonly KnownKey[],
  challenge: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    challenge: isoBase64URL.toBuffer(challenge),
    timeout: challengeLife,
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.credentialId, transports: [...key.transports] })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    supportedAlgorithmIDs: [...algorithms],
  })
}

/** Reads a new key out of a browser's answer. Whether another person has its id already is the caller's to ask. */
export async function readNewKey(
  party: RelyingParty,
  challenge: Challenge,
  wanted: Omit<Challenge, 'challenge' | 'purpose'>,
  response: RegistrationResponseJSON,
): Promise<Result<NewKey, KeyRefused>> {
  if (!isFor(challenge, { ...wanted, purpose: 'add_key' }))
    return refuseKey('The challenge is for something else.')
  try {
    return succeed(await newKeyIn(party, challenge.challenge, response))
  } catch (thrown) {
    return refuseKey(reasonOf(thrown))
  }
}

async function newKeyIn(
  party: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<NewKey> {
  if (!isBase64Url(response.id)) throw new KeyFault('The id is no base64url.')
  refuseFramed(response.response.clientDataJSON)
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject))
  if (!formats.includes(attestation.get('fmt'))) throw new KeyFault('This attestation was not asked for.')

  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    expectedType: 'webauthn.create',
    requireUserPresence: true,
    requireUserVerification: false,
    supportedAlgorithmIDs: [...algorithms],
  })
  if (!verified || registrationInfo === undefined) throw new KeyFault('The answer was not verified.')
  const { credential } = registrationInfo
  if (credential.id !== response.id) throw new KeyFault('The id is not the one that was signed.')
  demandSoundKey(credential.publicKey)
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    signCount: credential.counter,
    verifiesUser: registrationInfo.userVerified,
    backupEligible: registrationInfo.credentialDeviceType === 'multiDevice',
    backedUp: registrationInfo.credentialBackedUp,
    transports: knownTransports.filter((transport) => credential.transports?.includes(transport)),
    aaguid: registrationInfo.aaguid,
  }
}
