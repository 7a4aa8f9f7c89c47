import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { SessionId, UserId } from '@keyholder/core'
import type { AuthenticatorParameters } from 'nid-webauthn-emulator'
import { describe, expect, test } from 'vitest'
import { addKeyOptions, readNewKey, type NewKey } from './add-key.ts'
import { newChallenge, type Challenge } from './challenge.ts'
import { EmulatedKey, flag, forgeNewKey, type Forgery } from './emulated-key.fixture.ts'
import { relyingParty } from './relying-party.ts'
import { keyUseOptions, readKeyUse, type KeyUse, type StoredKey } from './use-key.ts'

const party = relyingParty('https://access.example.org')
const ann = 'usr_ann' as UserId
const bob = 'usr_bob' as UserId
const session = 'ses_one' as SessionId
const person = { id: ann, email: 'ann@globex.example', name: 'Ann' }

/** Ann's token, and what was kept when she added it. */
async function annsKey(settings: Partial<AuthenticatorParameters> = {}) {
  const token = new EmulatedKey(party.origin, settings)
  const challenge: Challenge = {
    purpose: 'add_key',
    challenge: newChallenge(),
    userId: ann,
    sessionId: session,
  }
  const answer = token.create(await addKeyOptions(party, person, [], challenge.challenge))
  const result = await readNewKey(party, challenge, { userId: ann, sessionId: session }, answer)
  if (!result.ok) throw new Error(result.refusal.reason)
  return { token, answer, challenge, stored: keep(result.value) }
}

function keep(key: NewKey): StoredKey {
  return { ...key, userId: ann }
}

/** What is asked for each use of a key. */
const wanted = {
  sign_in: { purpose: 'sign_in' },
  second_factor: { purpose: 'second_factor', userId: ann, sessionId: session },
  reauthenticate: { purpose: 'reauthenticate', userId: ann, sessionId: session },
} as const satisfies Record<KeyUse, Omit<Challenge, 'challenge'>>

interface Attempt extends Forgery {
  readonly use?: KeyUse
  readonly challenge?: Partial<Challenge>
  readonly kept?: Partial<StoredKey> | 'nothing'
}

/** Signs with Ann's token, forged as it is said, and tells whether that is taken. */
async function attempt({ use = 'second_factor', challenge, kept, ...forgery }: Attempt) {
  const { token, stored } = await annsKey()
  const made: Challenge = { ...wanted[use], challenge: newChallenge() }
  const options = await keyUseOptions(party, use, use === 'sign_in' ? [] : [stored], made.challenge)
  const key = kept === 'nothing' ? undefined : { ...stored, ...kept }
  return readKeyUse(party, { ...made, ...challenge }, wanted[use], key, token.forge(options, forgery))
}

describe('a hardware key or passkey', () => {
  test.each(['ES256', 'RS256', 'EdDSA'] as const)('signs in with %s', async (algorithm) => {
    const { token, stored } = await annsKey({ algorithmIdentifiers: [algorithm] })
    for (const use of ['sign_in', 'second_factor', 'reauthenticate'] as const) {
      const made: Challenge = { ...wanted[use], challenge: newChallenge() }
      const options = await keyUseOptions(party, use, use === 'sign_in' ? [] : [stored], made.challenge)

      expect(await readKeyUse(party, made, wanted[use], stored, token.get(options))).toMatchObject({
        ok: true,
        value: { credentialId: stored.credentialId, userId: ann, userVerified: true, backedUp: true },
      })
      expect((await readKeyUse(party, made, wanted[use], stored, token.forge(options, {}))).ok).toBe(true)
    }
  })

  test('that only notices a touch is a second factor, and nothing alone', async () => {
    const { token, stored } = await annsKey({
      verifications: { userPresent: true, userVerified: false },
      userMakeCredentialInteraction: () => ({ options: { up: true, uv: false } }),
      userGetAssertionInteraction: () => ({ options: { up: true, uv: false } }),
    })
    expect(stored.verifiesUser).toBe(false)

    for (const [use, taken] of [
      ['second_factor', true],
      ['sign_in', false],
      ['reauthenticate', false],
    ] as const) {
      const made: Challenge = { ...wanted[use], challenge: newChallenge() }
      const options = {
        ...(await keyUseOptions(party, use, [stored], made.challenge)),
        userVerification: 'preferred' as const,
      }
      const answer = token.get(options)

      expect((await readKeyUse(party, made, wanted[use], stored, answer)).ok).toBe(taken)
      expect((await readKeyUse(party, made, wanted[use], { ...stored, verifiesUser: true }, answer)).ok).toBe(
        taken,
      )
    }
  })

  test('without a memory of its own is a second factor', async () => {
    const { token, stored } = await annsKey({ stateless: true })
    const made: Challenge = { ...wanted.second_factor, challenge: newChallenge() }
    const options = await keyUseOptions(party, 'second_factor', [stored], made.challenge)

    expect(stored.backupEligible).toBe(false)
    expect(await readKeyUse(party, made, wanted.second_factor, stored, token.get(options))).toMatchObject({
      ok: true,
      value: { signCount: 0, backedUp: false },
    })
  })

  test('counts up, or does not count at all', async () => {
    expect((await attempt({ signCount: 8, kept: { signCount: 7 } })).ok).toBe(true)
    expect((await attempt({ signCount: 0, kept: { signCount: 0 } })).ok).toBe(true)
  })

  test('may change whether it is backed up, and is not asked for its person beside a password', async () => {
    expect(await attempt({ flags: (flags) => flags & ~flag.backedUp })).toMatchObject({
      ok: true,
      value: { backedUp: false },
    })
    expect((await attempt({ flags: (flags) => flags & ~flag.userVerified })).ok).toBe(true)
    expect((await attempt({ userHandle: undefined })).ok).toBe(true)
  })
})

const handleOfBob = Buffer.from(bob).toString('base64url')

describe('T29: a signature is refused', () => {
  test.each<readonly [string, Attempt]>([
    ['from another origin', { clientData: { origin: 'https://evil-example.org' } }],
    ['from a subdomain', { clientData: { origin: 'https://sub.access.example.org' } }],
    ['from the parent domain', { clientData: { origin: 'https://example.org' } }],
    [
      'from an origin that begins alike',
      { clientData: { origin: 'https://access.example.org.evil.example' } },
    ],
    ['from another port', { clientData: { origin: 'https://access.example.org:8443' } }],
    ['over http', { clientData: { origin: 'http://access.example.org' } }],
    ['from no origin', { clientData: { origin: undefined } }],
    ['from an origin that is a list', { clientData: { origin: ['https://access.example.org'] } }],
    ['for another host', { host: 'evil-example.org' }],
    ['for the parent domain', { host: 'example.org' }],
    ['in a frame', { clientData: { crossOrigin: true } }],
    ['in a frame that is not named as one', { clientData: { crossOrigin: 'false' } }],
    ['below another page', { clientData: { topOrigin: 'https://evil-example.org' } }],
    ['below its own page in a frame', { clientData: { crossOrigin: true, topOrigin: party.origin } }],
    ['over another challenge', { clientData: { challenge: newChallenge() } }],
    ['over a challenge of another person', { challenge: { userId: bob } }],
    ['over a challenge of another session', { challenge: { sessionId: 'ses_two' as SessionId } }],
    ['over a challenge of no session', { challenge: { sessionId: undefined } }],
    ['over a challenge for adding a key', { challenge: { purpose: 'add_key' } }],
    ['over a challenge for signing in', { challenge: { purpose: 'sign_in' } }],
    [
      'over a second factor’s challenge, alone',
      { use: 'reauthenticate', challenge: { purpose: 'second_factor' } },
    ],
    ['over somebody’s challenge, by anybody', { use: 'sign_in', challenge: { userId: ann } }],
    ['that makes a key', { clientData: { type: 'webauthn.create' } }],
    ['of another type of credential', { type: 'password' }],
    ['without a touch', { flags: (flags) => flags & ~flag.userPresent }],
    [
      'without a PIN where the key signs in alone',
      { use: 'sign_in', flags: (flags) => flags & ~flag.userVerified },
    ],
    [
      'without a PIN where it stands for a password',
      { use: 'reauthenticate', flags: (flags) => flags & ~flag.userVerified },
    ],
    ['of a key that nobody added', { kept: 'nothing' }],
    ['of another key than it says', { id: Buffer.from('another key').toString('base64url') }],
    ['of somebody else’s key', { kept: { userId: bob } }],
    [
      'of somebody else’s key, as a second factor of hers',
      { kept: { userId: bob }, userHandle: handleOfBob },
    ],
    ['that says it is somebody else’s', { userHandle: handleOfBob }],
    ['that says it is somebody else’s, alone', { use: 'sign_in', userHandle: handleOfBob }],
    ['that says nobody’s, alone', { use: 'sign_in', userHandle: undefined }],
    ['that says an empty name, alone', { use: 'sign_in', userHandle: '' }],
    ['whose count goes back', { signCount: 6, kept: { signCount: 7 } }],
    ['whose count stays', { signCount: 7, kept: { signCount: 7 } }],
    ['whose count starts over', { signCount: 0, kept: { signCount: 7 } }],
    ['that is empty', { signature: Buffer.alloc(0) }],
    ['that is noise', { signature: Buffer.alloc(70, 7) }],
    ['that is nothing in the right form', { signature: Buffer.from('3006020100020100', 'hex') }],
    [
      'of a key that cannot be copied any more',
      { flags: (flags) => flags & ~flag.backupEligible & ~flag.backedUp },
    ],
    ['of a key that can be copied of late', { kept: { backupEligible: false } }],
    [
      'of a key that is a copy and cannot be copied',
      { flags: (flags) => flags & ~flag.backupEligible, kept: { backupEligible: false } },
    ],
    ['of a key that was kept without its PIN, alone', { use: 'sign_in', kept: { verifiesUser: false } }],
  ])('%s', async (_, forgery) => {
    expect(await attempt(forgery)).toMatchObject({ ok: false, refusal: { code: 'key_refused' } })
  })

  test('of the same key when the answer was for something else', async () => {
    const { token, stored } = await annsKey()
    const made: Challenge = { ...wanted.second_factor, challenge: newChallenge() }
    const answer = token.get(await keyUseOptions(party, 'second_factor', [stored], made.challenge))
    const next: Challenge = { ...wanted.second_factor, challenge: newChallenge() }

    expect((await readKeyUse(party, made, wanted.second_factor, stored, answer)).ok).toBe(true)
    expect((await readKeyUse(party, next, wanted.second_factor, stored, answer)).ok).toBe(false)
  })

  test('whose algorithm is taken for another', async () => {
    const { token, stored } = await annsKey({ algorithmIdentifiers: ['RS256'] })
    const other = await annsKey()
    const made: Challenge = { ...wanted.second_factor, challenge: newChallenge() }
    const answer = token.get(await keyUseOptions(party, 'second_factor', [stored], made.challenge))
    const hex = Buffer.from(stored.publicKey).toString('hex')
    const confused = [
      hex.replace('0339' + '0100', '0339' + 'fffe'), // RS1, with SHA-1
      hex.replace('0339' + '0100', '0339' + '0101'), // RS384
      hex.replace('0103', '0102'), // a curve's key by name
      Buffer.from(other.stored.publicKey).toString('hex').replace('0326', '03390100'), // ES256 called RS256
    ]

    expect(confused.every((changed) => changed !== hex)).toBe(true)
    for (const changed of confused) {
      const key = { ...stored, publicKey: Buffer.from(changed, 'hex') }
      expect((await readKeyUse(party, made, wanted.second_factor, key, answer)).ok).toBe(false)
    }
  })

  test.each([
    ['no client data', { clientDataJSON: '' }],
    ['client data that is no JSON', { clientDataJSON: Buffer.from('{').toString('base64url') }],
    ['client data that is a list', { clientDataJSON: Buffer.from('[]').toString('base64url') }],
    ['client data that is null', { clientDataJSON: Buffer.from('null').toString('base64url') }],
    ['no authenticator data', { authenticatorData: '' }],
    ['short authenticator data', { authenticatorData: Buffer.alloc(36).toString('base64url') }],
    ['a signature in other letters', { signature: '++//' }],
  ])('with %s, and throws nothing', async (_, broken) => {
    const { token, stored } = await annsKey()
    const made: Challenge = { ...wanted.second_factor, challenge: newChallenge() }
    const answer = token.get(await keyUseOptions(party, 'second_factor', [stored], made.challenge))
    const response = { ...answer, response: { ...answer.response, ...broken } }

    expect(await readKeyUse(party, made, wanted.second_factor, stored, response)).toMatchObject({ ok: false })
  })
})

describe('T29: a new key is refused', () => {
  const hers = { userId: ann, sessionId: session }
  const smallKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const modulus = Buffer.from(
    createPublicKey(smallKey.publicKey.export({ format: 'pem', type: 'spki' })).export({ format: 'jwk' }).n ??
      '',
    'base64url',
  ).toString('hex')

  test.each<readonly [string, Parameters<typeof forgeNewKey>[1]]>([
    ['from another origin', { clientData: { origin: 'https://evil-example.org' } }],
    ['from a subdomain', { clientData: { origin: 'https://sub.access.example.org' } }],
    ['over http', { clientData: { origin: 'http://access.example.org' } }],
    ['for another host', { host: 'evil-example.org' }],
    ['in a frame', { clientData: { crossOrigin: true } }],
    ['below another page', { clientData: { topOrigin: 'https://evil-example.org' } }],
    ['over another challenge', { clientData: { challenge: newChallenge() } }],
    ['where a signature was asked for', { clientData: { type: 'webauthn.get' } }],
    ['without a touch', { flags: (flags) => flags & ~flag.userPresent }],
    ['that is a copy and cannot be copied', { flags: (flags) => flags & ~flag.backupEligible }],
    ['without its data', { flags: (flags) => flags & ~0x40 }],
    ['of an algorithm that was not asked for', { replace: ['a50102032620', 'a50102033822' + '20'] }],
    ['whose curve is not its algorithm’s', { replace: ['a5010203262001', 'a5010203262002'] }],
    ['whose kind is not its algorithm’s', { replace: ['a50102032620', 'a50101032620'] }],
    [
      'with attestation that nobody asked for',
      { replace: [Buffer.from('none').toString('hex'), Buffer.from('tpmx').toString('hex')] },
    ],
  ])('%s', async (_, forgery) => {
    const { answer, challenge } = await annsKey()

    expect((await readNewKey(party, challenge, hers, forgeNewKey(answer, {}))).ok).toBe(true)
    expect(await readNewKey(party, challenge, hers, forgeNewKey(answer, forgery))).toMatchObject({
      ok: false,
      refusal: { code: 'key_refused' },
    })
  })

  test.each<readonly [string, Partial<Challenge>]>([
    ['another person', { userId: bob }],
    ['another session', { sessionId: 'ses_two' as SessionId }],
    ['another purpose', { purpose: 'second_factor' }],
  ])('over a challenge of %s', async (_, other) => {
    const { answer, challenge } = await annsKey()

    expect((await readNewKey(party, { ...challenge, ...other }, hers, answer)).ok).toBe(false)
  })

  test('under another id than the one it was made with', async () => {
    const honest = await annsKey()
    const id = Buffer.from('somebody else’s key').toString('base64url')

    expect(
      await readNewKey(party, honest.challenge, hers, { ...honest.answer, id, rawId: id }),
    ).toMatchObject({ ok: false, refusal: { reason: 'The id is not the one that was signed.' } })
  })

  test('as RSA of fewer than 2,048 bits', async () => {
    const honest = await annsKey({ algorithmIdentifiers: ['RS256'] })
    const attestation = Buffer.from(honest.answer.response.attestationObject, 'base64url').toString('hex')
    const at = attestation.indexOf('20590100')
    const size = attestation.indexOf('59', attestation.indexOf(Buffer.from('authData').toString('hex')))
    const shorter =
      attestation.slice(0, size + 2) +
      (Number.parseInt(attestation.slice(size + 2, size + 6), 16) - 129).toString(16).padStart(4, '0') +
      attestation.slice(size + 6, at) +
      `205880${modulus}` +
      attestation.slice(at + 8 + 512)
    const response = {
      ...honest.answer,
      response: {
        ...honest.answer.response,
        attestationObject: Buffer.from(shorter, 'hex').toString('base64url'),
      },
    }

    expect(
      createPrivateKey(smallKey.privateKey.export({ format: 'pem', type: 'pkcs8' })).asymmetricKeyType,
    ).toBe('rsa')
    expect(await readNewKey(party, honest.challenge, hers, response)).toMatchObject({
      ok: false,
      refusal: { reason: 'The public key is not one that was asked for.' },
    })
  })
})

describe('what a browser is asked', () => {
  test('for a new key: no attestation, known algorithms, none of the keys that are there', async () => {
    const known = [{ credentialId: 'AAAA', transports: ['usb'] }]

    expect(await addKeyOptions(party, person, known, newChallenge())).toMatchObject({
      rp: { id: 'access.example.org', name: 'Keyholder' },
      user: { id: Buffer.from(ann).toString('base64url'), name: 'ann@globex.example', displayName: 'Ann' },
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
      excludeCredentials: [{ id: 'AAAA', transports: ['usb'] }],
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      attestation: 'none',
    })
  })

  test('for a sign-in: the same of everybody, and a PIN', async () => {
    const challenge = newChallenge()

    expect(await keyUseOptions(party, 'sign_in', [], challenge)).toEqual({
      rpId: 'access.example.org',
      challenge,
      allowCredentials: [],
      timeout: 300_000,
      userVerification: 'required',
    })
  })
})
