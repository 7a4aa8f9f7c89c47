import { createHash, randomBytes } from 'node:crypto'

/** The secret that ties a way to an identity provider and back to one browser; kept is its hash. */
export function newFlowSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function flowSecretHash(secret: string): string {
  return createHash('sha256').update(`keyholder sso flow\n${secret}`).digest('hex')
}

/** The name of a request to a SAML identity provider, which the answer has to name again. */
export function newSamlRequestId(): string {
  return `_${randomBytes(20).toString('hex')}`
}
