import { createECDH, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/**
 * The test vectors of Web Authentication Level 3, section 16, made anew by the recipe that is printed there: everything
 * random is HKDF-SHA-256 of `WebAuthn test vectors`. What is printed here are the signatures; they hold only if every
 * byte that was made is the one of the specification.
 */
export interface W3cVector {
  readonly name: string
  readonly credentialId: string
  readonly publicKey: Uint8Array
  readonly backupEligible: boolean
  readonly verifiesUser: boolean
  readonly aaguid: string
  readonly registration: { readonly challenge: string; readonly response: RegistrationResponseJSON }
  readonly authentication: { readonly challenge: string; readonly response: AuthenticationResponseJSON }
}

type Algorithm = 'ES256' | 'EdDSA' | 'RS256'

interface Recipe {
  readonly name: string
  readonly algorithm: Algorithm
  readonly idLength?: number
  readonly framed?: 'crossOrigin' | 'topOrigin'
  /** Of the attestation by the key itself; without one there is no attestation. */
  readonly selfAttestation?: string
  /** Certified attestation, of which only the numbers that it draws are made. */
  readonly certified?: boolean
  readonly signature: string
}

const recipes: readonly Recipe[] = [
  {
    name: 'none.ES256',
    algorithm: 'ES256',
    signature:
      '3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87',
  },
  {
    name: 'packed-self.ES256',
    algorithm: 'ES256',
    selfAttestation:
      '30440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d',
    signature:
      '304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66',
  },
  {
    name: 'none.ES256.crossOrigin',
    algorithm: 'ES256',
    framed: 'crossOrigin',
    signature:
      '3046022100eb12fcf23b12764c0f122e22371fab92e283879fd798f38ee1841c951b6e40e7022100c76237ff9db77b3c56f30837cda6a09acfa2e915544e609c0733b1184036d1cf',
  },
  {
    name: 'none.ES256.topOrigin',
    algorithm: 'ES256',
    framed: 'topOrigin',
    signature:
      '3045022100b5a70c81780d5fcc9a4f2ae9caae99058f8accaf58b91fb59329646c28ac6ffc022012e101c165db3c8e9957f0c54dd6ca9b56bc3bd2f280bd2faa6c1d02c6e5c171',
  },
  {
    name: 'none.ES256.long-credential-id',
    algorithm: 'ES256',
    idLength: 1023,
    signature:
      '304502203ecef83fb12a0cae7841055f9f87103a99fd14b424194bbf06c4623d3ee6e3fd022100d2ace346db262b1374a6b70faa51f518a42ddca13a4125ce6f5052a75bac9fb6',
  },
  {
    name: 'packed.ES256',
    algorithm: 'ES256',
    certified: true,
    signature:
      '30450220694969d3ee928de6f02ef23a9c644d7d779916451734a94b432542f498a1ebe90221008b0819c824218a97152cd099c55bfb1477b29d900a49a64018314f9bfccda163',
  },
  {
    name: 'packed.RS256',
    algorithm: 'RS256',
    certified: true,
    signature:
      '01063d52d7c39b4d432fc7063c5d93e582bdcb16889cd71f888d67d880ea730a428498d3bc8e1ee11f2b1ecbe6c292b118c55ffaaddefa8cad0a54dd137c51f1eec673f1bb6c4d1789d6826a222b22d0f585fc901fdc933212e579d199b89d672aa44891333e6a1355536025e82b25590256c3538229b55737083b2f6b9377e49e2472f11952f79fdd0da180b5ffd901b4049a8f081bb40711bef76c62aed943571f2d0575304cb549d68d8892f95086a30f93716aee818f8dc06e96c0d5e0ed4cfa9fd8773d90464b68cf140f7986666ff9c9e3302acd0535d60d769f465e2ab57ef8aabc89fccfef7ba32a64154a8b3d26be2298f470b8cc5377dbe3dfd4b0b45f8f01e63bde6cfc76b62771f9b70aa27cf40152cad93aa5acd784fd4b90f676e2ea828d0bf2400aebbaae4153e5838f537f88b6228346782a93a899be66ec77de45b3efcf311da6321c92e6b0cd11bfe653bf3e98cee8e341f02d67dbb6f9c98d9e8178090cfb5b70fbc6d541599ac794ae2f1d4de1286ec8de8c2daf7b1d15c8438e90d924df5c19045220a4c8438c1b979bbe016cf3d0eeec23c3999d4882cc645b776de930756612cdc6dd398160ff02a6',
  },
  {
    name: 'packed.EdDSA',
    algorithm: 'EdDSA',
    certified: true,
    signature:
      'f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb097d6607525713223a0dc0d453993dae00b',
  },
]

const rpIdHash = 'bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5' // SHA-256 of example.org
const noCount = '00000000'

/** All of the specification's vectors whose algorithms are asked for here. */
export const w3cVectors: readonly W3cVector[] = recipes.map(make)

function make(recipe: Recipe): W3cVector {
  const draw = drawer(recipe.name)
  const challenge = draw(32)
  const publicKey = publicKeyOf(recipe.algorithm, draw)
  const createData = clientData('webauthn.create', challenge, recipe, draw)
  const aaguid = draw(16)
  const id = draw(recipe.idLength ?? 32)
  const flags = backupFlags((draw(1)[0] ?? 0) & 0x1c)
  if (recipe.certified) {
    draw(32)
    draw(16)
  }
  const length = id.length.toString(16).padStart(4, '0')
  const authData = `${rpIdHash}${hex(flags | 0x41)}${noCount}${aaguid.toString('hex')}${length}${id.toString('hex')}${publicKey.toString('hex')}`

  const nextChallenge = draw(32)
  const getData = clientData('webauthn.get', nextChallenge, recipe, draw)
  const nextFlags = ((draw(1)[0] ?? 0) & (flags & 0x08 ? 0x14 : 0x04)) | (flags & 0x08) | 0x01
  const common = {
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
  } as const
  return {
    name: recipe.name,
    credentialId: common.id,
    publicKey,
    backupEligible: (flags & 0x08) !== 0,
    verifiesUser: (flags & 0x04) !== 0,
    aaguid: aaguid.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    registration: {
      challenge: base64url(challenge),
      response: {
        ...common,
        response: {
          clientDataJSON: base64url(createData),
          attestationObject: base64url(Buffer.from(attestationOf(recipe, authData), 'hex')),
        },
      },
    },
    authentication: {
      challenge: base64url(nextChallenge),
      response: {
        ...common,
        response: {
          clientDataJSON: base64url(getData),
          authenticatorData: base64url(Buffer.from(`${rpIdHash}${hex(nextFlags)}${noCount}`, 'hex')),
          signature: base64url(Buffer.from(recipe.signature, 'hex')),
        },
      },
    },
  }
}

type Draw = (length: number) => Buffer

/** One number after the other, told apart by the salt. */
function drawer(info: string): Draw {
  let next = 0
  return (length) => {
    const salt = Uint8Array.of(next)
    next += 1
    return Buffer.from(hkdfSync('sha256', 'WebAuthn test vectors', salt, info, length))
  }
}

/** Nothing is backed up that cannot be. */
function backupFlags(flags: number): number {
  return flags & 0x08 ? flags : flags & 0x04
}

function clientData(type: string, challenge: Buffer, recipe: Recipe, draw: Draw): Buffer {
  const extended = ((draw(1)[0] ?? 0) & 0x01) !== 0
  return Buffer.from(
    JSON.stringify({
      type,
      challenge: base64url(challenge),
      origin: 'https://example.org',
      crossOrigin: recipe.framed !== undefined,
      ...(recipe.framed === 'topOrigin' && { topOrigin: 'https://example.com' }),
      ...(extended && {
        extraData: `clientDataJSON may be extended with additional fields in the future, such as this: ${base64url(draw(16))}`,
      }),
    }),
  )
}

/** In COSE; the RSA key is the product of the two smallest Mersenne primes above 2^1024. */
function publicKeyOf(algorithm: Algorithm, draw: Draw): Buffer {
  switch (algorithm) {
    case 'ES256': {
      const pair = createECDH('prime256v1')
      pair.setPrivateKey(draw(32))
      const point = pair.getPublicKey('hex')
      return Buffer.from(`a5010203262001215820${point.slice(2, 66)}225820${point.slice(66)}`, 'hex')
    }
    case 'EdDSA': {
      const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), draw(32)])
      const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
      const point = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
      return Buffer.from(`a4010103272006215820${point}`, 'hex')
    }
    case 'RS256': {
      const modulus = ((2n ** 1279n - 1n) * (2n ** 2203n - 1n)).toString(16).padStart(872, '0')
      return Buffer.from(`a4010303390100205901b4${modulus}2143010001`, 'hex')
    }
  }
}

function attestationOf(recipe: Recipe, authData: string): string {
  const size = authData.length / 2
  const head = size < 256 ? `58${hex(size)}` : `59${size.toString(16).padStart(4, '0')}`
  const signature = recipe.selfAttestation
  const statement = signature
    ? `667061636b65646761747453746d74a263616c672663736967${`58${hex(signature.length / 2)}`}${signature}`
    : '646e6f6e656761747453746d74a0'
  return `a363666d74${statement}686175746844617461${head}${authData}`
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url')
}
