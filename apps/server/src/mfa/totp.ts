import { refuse, succeed, type Result } from '@keyholder/core'
import { Secret, TOTP } from 'otpauth'

/** What every authenticator app knows; others ignore what differs from it (RFC 6238). */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Codes of one period before and after are taken too, for clocks that differ. */
const window = 1

const secretBytes = 20

export interface TotpRefusal {
  readonly code: 'code_wrong'
}

/** Makes a secret of 160 bits, in base32 as it is typed into an app. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/** The address that an app reads from a picture; the console draws it, so that the secret is in no image of the server. */
export function totpUri(secret: string, names: { readonly issuer: string; readonly label: string }): string {
  const [issuer, label] = [withoutColon(names.issuer), withoutColon(names.label)]
  return new TOTP({ ...form, issuer, label, secret: Secret.fromBase32(secret) }).toString()
}

/** Apps divide issuer and label at the first colon, in its encoded form too. */
function withoutColon(name: string): string {
  return name.replace(/\s*:\s*/g, ' ').trim()
}

/**
 * Holds a code against the secret at this moment, and answers with its period, to be kept as `lastStep`.
 *
 * Refused where it is none of these periods, and where a code of that period or a later one was used already, so that
 * nobody who looked over a shoulder uses it again (RFC 6238, 5.2).
 */
export function verifyTotp(
  code: string,
  known: { readonly secret: string; readonly lastStep: number | undefined },
  at: Date,
): Result<{ readonly step: number }, TotpRefusal> {
  const digits = code.replace(/[\s\p{Pd}]/gu, '')
  if (!/^\d{6}$/.test(digits)) return refuse({ code: 'code_wrong' })

  const totp = new TOTP({ ...form, secret: Secret.fromBase32(known.secret) })
  const now = totp.counter({ timestamp: at.getTime() })
  const delta = totp.validate({ token: digits, timestamp: at.getTime(), window })
  if (delta === null) return refuse({ code: 'code_wrong' })

  const step = now + delta
  if (known.lastStep !== undefined && step <= known.lastStep) return refuse({ code: 'code_wrong' })
  return succeed({ step })
}
