import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { publicUrl } from '../server/sign-in.ts'

/** The one key that every hardware key in the arenas holds. */
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const base64url = (bytes: Buffer) => bytes.toString('base64url')
const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest()
const present = Buffer.from([0x05]) // a touch, and a PIN
const uncounted = Buffer.alloc(4)

/** The id of somebody's hardware key. */
export function credentialIdOf(called: string): string {
  return base64url(hashOf(`the key of ${called}`))
}

/** What a challenge of theirs asks them to sign. */
export function challengeOf(called: string): string {
  return base64url(hashOf(`the challenge of ${called}`))
}

/** The public half of the key, in COSE. */
export function coseKey(): Buffer {
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    left,
    Buffer.from('225820', 'hex'),
    right,
  ])
}

/** The signature that a challenge asks for, as a browser answers it. */
export function signed(called: string, challenge: string, user: string) {
  const clientData = clientDataOf('webauthn.get', challenge)
  const authData = Buffer.concat([hashOf(new URL(publicUrl).hostname), present, uncounted])
  const signature = sign('sha256', Buffer.concat([authData, hashOf(clientData)]), pair.privateKey)
  return {
    ...identified(credentialIdOf(called)),
    response: {
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(signature),
      userHandle: base64url(Buffer.from(user)),
    },
  }
}

/** A new hardware key, as a browser answers that it has made one. */
export function newKey(called: string, challenge: string) {
  const id = hashOf(`the new key of ${called}`)
  const authData = Buffer.concat([
    hashOf(new URL(publicUrl).hostname),
    Buffer.from([0x45]),
    uncounted,
    Buffer.alloc(16),
    Buffer.from([0, id.length]),
    id,
    coseKey(),
  ])
  const head = Buffer.from(
    `a363666d74646e6f6e656761747453746d74a068617574684461746158${authData.length.toString(16)}`,
    'hex',
  )
  return {
    ...identified(base64url(id)),
    response: {
      clientDataJSON: base64url(clientDataOf('webauthn.create', challenge)),
      attestationObject: base64url(Buffer.concat([head, authData])),
    },
  }
}

function identified(id: string) {
  return { id, rawId: id, type: 'public-key' }
}

function clientDataOf(type: string, challenge: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin: publicUrl, crossOrigin: false }))
}
