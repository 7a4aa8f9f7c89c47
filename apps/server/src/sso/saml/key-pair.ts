import 'reflect-metadata'
import { createPrivateKey, randomBytes } from 'node:crypto'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A private key and the certificate by which others know it, both as PEM. */
export interface KeyPair {
  readonly privateKey: string
  readonly certificate: string
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
}

const YEARS_VALID = 10

/**
 * Makes a key pair for one connection's signed requests.
 *
 * The certificate is signed by its own key: identity providers take it from our metadata, and no authority vouches
 * for it. It lasts long, because what ends a key is that the connection gets another.
 */
export async function makeKeyPair(name: string, now: Date): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const until = new Date(now)
  until.setUTCFullYear(now.getUTCFullYear() + YEARS_VALID)

  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Positive, and as random as anything: certificates of one name are told apart by it.
    serialNumber: `01${randomBytes(16).toString('hex')}`,
    name: [{ CN: [name] }],
    notBefore: now,
    notAfter: until,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature),
    ],
  })
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
      .export({ format: 'pem', type: 'pkcs8' })
      .toString(),
    certificate: `${certificate.toString('pem').trim()}\n`,
  }
}
