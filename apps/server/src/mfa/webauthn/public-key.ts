import { COSEALG, cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { KeyFault } from './key-refused.ts'

/** The best first. */
export const algorithms = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256] as const

const shortestModulus = 2048 / 8

/**
 * Refuses a public key whose parts do not belong together, such as one that names RS256 and is a curve's, and RSA keys
 * below 2,048 bits; the library looks at the algorithm's name alone.
 */
export function demandSoundKey(bytes: Uint8Array): void {
  const key = decodeCredentialPublicKey(new Uint8Array(bytes))
  const algorithm = key.get(cose.COSEKEYS.alg)
  const sound =
    (algorithm === COSEALG.EdDSA && cose.isCOSEPublicKeyOKP(key) && key.get(cose.COSEKEYS.crv) === 6) ||
    (algorithm === COSEALG.ES256 && cose.isCOSEPublicKeyEC2(key) && key.get(cose.COSEKEYS.crv) === 1) ||
    (algorithm === COSEALG.RS256 &&
      cose.isCOSEPublicKeyRSA(key) &&
      (key.get(cose.COSEKEYS.n)?.length ?? 0) >= shortestModulus)
  if (!sound) throw new KeyFault('The public key is not one that was asked for.')
}
