import { z } from 'zod'

/** Bytes in base64url, as `PublicKeyCredential.toJSON()` writes them. */
function bytes(maximum: number) {
  return z
    .string()
    .min(1)
    .max(maximum)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
}

const credentialId = bytes(1_400)
const clientData = bytes(4_096)

/** What browsers add of which nothing depends. */
const around = {
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullable().optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()).optional(),
}

/** A new key, as `navigator.credentials.create` answers it in JSON. */
export const NewKeyAnswer = z
  .strictObject({
    id: credentialId,
    rawId: credentialId,
    type: z.literal('public-key'),
    response: z.strictObject({
      clientDataJSON: clientData,
      attestationObject: bytes(65_536),
      transports: z.array(z.string().max(32)).max(16).optional(),
      authenticatorData: bytes(65_536).optional(),
      publicKey: bytes(8_192).nullable().optional(),
      publicKeyAlgorithm: z.int().optional(),
    }),
    ...around,
  })
  .meta({ id: 'NewKeyAnswer' })

/** A signature by a key, as `navigator.credentials.get` answers it in JSON. */
export const KeyAnswer = z
  .strictObject({
    id: credentialId,
    rawId: credentialId,
    type: z.literal('public-key'),
    response: z.strictObject({
      clientDataJSON: clientData,
      authenticatorData: bytes(4_096),
      signature: bytes(4_096),
      userHandle: z
        .string()
        .max(128)
        .regex(/^[A-Za-z0-9_-]*$/, 'must be base64url')
        .nullable()
        .optional(),
    }),
    ...around,
  })
  .meta({ id: 'KeyAnswer' })

/** What a key is asked to sign. */
export const KeyChallenge = z
  .strictObject({
    challenge: z.string().describe('To be sent back with the answer; it is good once, for five minutes'),
    options: z
      .looseObject({})
      .describe(
        'For the browser, by `PublicKeyCredential.parseRequestOptionsFromJSON` or `parseCreationOptionsFromJSON`',
      ),
  })
  .meta({ id: 'KeyChallenge' })

/** The id of a challenge that was asked for before. */
export const challengeId = z
  .string()
  .max(60)
  .regex(/^chl_[a-z0-9_-]+$/i, 'must be a `challenge` that was answered before')
