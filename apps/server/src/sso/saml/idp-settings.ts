import { refuse, succeed, type Result } from '@keyholder/core'
import { readCertificate, type IdpCertificate } from './idp-certificate.ts'
import type { IdentityProvider } from './parties.ts'

/** An identity provider as it was read, with what is worth showing of its certificates. */
export interface IdpSettings extends IdentityProvider {
  readonly signing: readonly IdpCertificate[]
  /** When the metadata wants to be read again, where it says so. */
  readonly validUntil: Date | undefined
}

/** What an administrator may type instead of metadata. */
export interface IdpFields {
  readonly entityId: string
  readonly signOnUrl: string
  readonly certificates: readonly string[]
  readonly wantsSignedRequests?: boolean | undefined
  readonly validUntil?: Date | undefined
}

/** Why an identity provider cannot be used as it was given: one sentence, and what to do. */
export interface IdpRefusal {
  readonly code: 'identity_provider_unusable'
  readonly detail: string
}

const MOST_CERTIFICATES = 8

/** Reads an identity provider from plain fields. Certificates whose time is over are left out, while others remain. */
export function readIdpFields(fields: IdpFields, now: Date): Result<IdpSettings, IdpRefusal> {
  if (!/^[\x21-\x7e]{1,1024}$/.test(fields.entityId)) {
    return unusable(
      'The entity id must be 1 to 1024 characters without blanks. Copy it from the identity provider.',
    )
  }
  const url = signOnFault(fields.signOnUrl)
  if (url !== undefined) return unusable(url)
  if (fields.validUntil && fields.validUntil <= now) {
    return unusable(
      `The metadata was valid until ${fields.validUntil.toISOString()}. Download it from the identity provider again.`,
    )
  }

  const certificates = usableCertificates(fields.certificates, now)
  if (!certificates.ok) return certificates
  return succeed({
    entityId: fields.entityId,
    signOnUrl: fields.signOnUrl,
    certificates: certificates.value.map(({ pem }) => pem),
    wantsSignedRequests: fields.wantsSignedRequests ?? false,
    signing: certificates.value,
    validUntil: fields.validUntil,
  })
}

function usableCertificates(
  texts: readonly string[],
  now: Date,
): Result<readonly IdpCertificate[], IdpRefusal> {
  if (texts.length === 0) {
    return unusable('There is no certificate for signing. Its answers could not be checked without one.')
  }
  if (texts.length > MOST_CERTIFICATES) {
    return unusable(`There are ${texts.length} certificates for signing; ${MOST_CERTIFICATES} are accepted.`)
  }

  const read = new Map<string, IdpCertificate>()
  for (const [index, text] of texts.entries()) {
    const certificate = readCertificate(text)
    if (!certificate.ok) return unusable(`Certificate ${index + 1} ${certificate.refusal}.`)
    read.set(certificate.value.fingerprint, certificate.value)
  }
  const current = [...read.values()].filter(({ validUntil }) => validUntil > now)
  return current.length > 0
    ? succeed(current)
    : unusable('The certificate for signing has expired. Ask the identity provider for its current one.')
}

/** Browsers are sent there with a request that is no secret; but whoever is asked for a password should be certain. */
function signOnFault(text: string): string | undefined {
  const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : undefined
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) {
    return 'The sign-on address must begin with https://. Copy it from the identity provider.'
  }
  if (url.username !== '' || url.password !== '' || /[^\x21-\x7e]|[#\\"<>]/.test(text)) {
    return 'The sign-on address must be plain, without a name, a password, a fragment or blanks.'
  }
  return undefined
}

export function unusable(detail: string): { readonly ok: false; readonly refusal: IdpRefusal } {
  return refuse({ code: 'identity_provider_unusable', detail })
}
