import type { UserId } from '@keyholder/core'
import { describe, expect, test } from 'vitest'
import { readNewKey } from './add-key.ts'
import { readKeyUse, type StoredKey } from './use-key.ts'
import { w3cVectors, type W3cVector } from './w3c-vectors.fixture.ts'

const party = { id: 'example.org', origin: 'https://example.org', name: 'Example' }
const ann = 'usr_ann' as UserId
const framed = w3cVectors.filter(({ name }) => name.endsWith('Origin'))
const plain = w3cVectors.filter(({ name }) => !name.endsWith('Origin'))

function add({ registration }: W3cVector) {
  const challenge = { purpose: 'add_key', challenge: registration.challenge, userId: ann } as const
  return readNewKey(party, challenge, { userId: ann }, registration.response)
}

function use({ authentication, ...vector }: W3cVector) {
  const key: StoredKey = { ...vector, userId: ann, signCount: 0, transports: [] }
  const purpose = { purpose: 'second_factor', userId: ann } as const
  return readKeyUse(
    party,
    { ...purpose, challenge: authentication.challenge },
    purpose,
    key,
    authentication.response,
  )
}

describe('the ceremonies of the Web Authentication specification', () => {
  test('are all here', () => {
    expect(plain.map(({ name }) => name)).toEqual([
      'none.ES256',
      'packed-self.ES256',
      'none.ES256.long-credential-id',
      'packed.ES256',
      'packed.RS256',
      'packed.EdDSA',
    ])
    expect(framed).toHaveLength(2)
  })

  test.each(plain)('add a key, with $name', async (vector) => {
    expect(await add(vector)).toMatchObject({
      ok: true,
      value: {
        credentialId: vector.credentialId,
        publicKey: new Uint8Array(vector.publicKey),
        signCount: 0,
        verifiesUser: vector.verifiesUser,
        backupEligible: vector.backupEligible,
        aaguid: vector.aaguid,
      },
    })
  })

  test.each(plain)('use a key, with $name', async (vector) => {
    expect(await use(vector)).toMatchObject({
      ok: true,
      value: { credentialId: vector.credentialId, userId: ann },
    })
  })

  test.each(framed)('are refused where they took place in a frame, with $name', async (vector) => {
    expect(await add(vector)).toMatchObject({
      ok: false,
      refusal: { reason: 'It was signed in a framed page.' },
    })
    expect(await use(vector)).toMatchObject({
      ok: false,
      refusal: { reason: 'It was signed in a framed page.' },
    })
  })

  test.each(plain)('are refused for another signature, with $name', async (vector) => {
    const bytes = Buffer.from(vector.authentication.response.response.signature, 'base64url')
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    const response = {
      ...vector.authentication.response,
      response: { ...vector.authentication.response.response, signature: bytes.toString('base64url') },
    }

    expect(await use({ ...vector, authentication: { ...vector.authentication, response } })).toMatchObject({
      ok: false,
    })
  })
})
