import { refuse, succeed, type Result } from '@keyholder/core'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import type { Expected } from './meaning.ts'

/** Which of the two elements bear a signature; whatever bears one must be signed rightly. */
export interface Signed {
  readonly response: boolean
  readonly assertion: boolean
}

/**
 * The assertion as it was signed: the very bytes that a signature covers, and no others. Refused, with what node-saml
 * says for the log, where any signature that is there is not one of the identity provider's.
 *
 * node-saml is asked for the signatures alone. It knows the time of this machine only, and checks neither issuer nor
 * recipient nor destination; what an assertion means is decided here, on what it gives back.
 */
export async function verifiedAssertion(
  xml: string,
  signed: Signed,
  expected: Expected,
): Promise<Result<string, string>> {
  const saml = new SAML({
    issuer: expected.service.entityId,
    audience: false,
    callbackUrl: expected.service.acsUrl,
    idpCert: [...expected.provider.certificates],
    wantAuthnResponseSigned: signed.response,
    wantAssertionsSigned: signed.assertion,
    acceptedClockSkewMs: -1,
    validateInResponseTo: ValidateInResponseTo.never,
    cacheProvider: forgetful,
  })
  try {
    const { profile } = await saml.validatePostResponseAsync({
      SAMLResponse: Buffer.from(xml, 'utf8').toString('base64'),
    })
    const assertion = profile?.getAssertionXml?.()
    return assertion === undefined ? refuse('There is no assertion') : succeed(assertion)
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

/** Requests are remembered in the database, not in this process. */
const forgetful = {
  saveAsync: () => Promise.resolve(null),
  getAsync: () => Promise.resolve(null),
  removeAsync: () => Promise.resolve(null),
}
