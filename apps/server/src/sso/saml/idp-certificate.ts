import { X509Certificate } from 'node:crypto'
import { refuse, succeed, type Result } from '@keyholder/core'

/** A certificate that an identity provider signs with. */
export interface IdpCertificate {
  readonly pem: string
  /** SHA-256 of the certificate, as people compare it: pairs of hexadecimal digits with colons. */
  readonly fingerprint: string
  readonly validFrom: Date
  readonly validUntil: Date
}

/** Reads a certificate from PEM, or from the base64 of metadata. The refusal is a sentence without its subject. */
export function readCertificate(text: string): Result<IdpCertificate, string> {
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, '').replace(/\s/g, '')
  if (base64.length > 16_000) return refuse('is longer than any certificate')
  const certificate = parse(base64)
  if (certificate === undefined) return refuse('cannot be read as an X.509 certificate')

  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const bits = asymmetricKeyDetails?.modulusLength ?? 0
  if (asymmetricKeyType !== 'rsa') {
    return refuse(`has a key of type ${asymmetricKeyType ?? 'unknown'}: only RSA keys can be checked`)
  }
  if (bits < 2048 || bits > 8192) return refuse(`has an RSA key of ${bits} bits: 2048 to 8192 are accepted`)

  return succeed({
    pem: pemOf(certificate),
    fingerprint: certificate.fingerprint256,
    validFrom: new Date(certificate.validFrom),
    validUntil: new Date(certificate.validTo),
  })
}

function parse(base64: string): X509Certificate | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    // A key of a kind that this machine does not know throws here, and not before.
    return certificate.publicKey.type === 'public' ? certificate : undefined
  } catch {
    return undefined
  }
}

function pemOf(certificate: X509Certificate): string {
  const lines = certificate.raw.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
