import type { ServiceProvider } from './parties.ts'
import type { SamlSubject } from './saml-identity.ts'

const known = /^urn:oasis:names:tc:SAML:(?:1\.1|2\.0):nameid-format:([A-Za-z0-9]+)$/

/**
 * The one text that stands for somebody at an identity provider: `persistent 7f3a…`.
 *
 * INVARIANT: two names that differ in anything that belongs to a name give two texts. Whoever asks for another kind
 * of name, which a request that is not signed lets them, is somebody else for it. A qualifier that says what goes
 * without saying counts as none.
 */
export function subjectKey(subject: SamlSubject, issuer: string, service: ServiceProvider): string {
  const { value, format, nameQualifier, spNameQualifier } = subject
  const kind = known.exec(format)?.[1] ?? encodeURIComponent(format)
  const by = nameQualifier === undefined || nameQualifier === issuer ? '' : encodeURIComponent(nameQualifier)
  const to =
    spNameQualifier === undefined || spNameQualifier === service.entityId
      ? ''
      : encodeURIComponent(spNameQualifier)
  return `${[kind, by, to].join('|').replace(/\|+$/, '')} ${value}`
}
