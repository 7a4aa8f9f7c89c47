/** Who signed in, in the words of the identity provider, read from nothing but what it signed. */
export interface SamlIdentity {
  readonly subject: SamlSubject
  /** Names the assertion; used once, and remembered until `notOnOrAfter`. */
  readonly assertionId: string
  readonly notOnOrAfter: Date
  readonly authenticatedAt: Date
  /** Names the session at the identity provider. */
  readonly sessionIndex: string | undefined
  /** When the identity provider wants the session over. */
  readonly sessionEndsAt: Date | undefined
  /** How the person proved who they are, as a class that the identity provider names. */
  readonly authnContext: string | undefined
  readonly attributes: readonly SamlAttribute[]
}

export interface SamlSubject {
  readonly value: string
  readonly format: string
  readonly nameQualifier: string | undefined
  readonly spNameQualifier: string | undefined
}

export interface SamlAttribute {
  readonly name: string
  readonly friendlyName: string | undefined
  readonly values: readonly string[]
}

/** All values of an attribute, by its name or else its friendly name; undefined where it is not there at all. */
export function valuesOf(identity: SamlIdentity, name: string): readonly string[] | undefined {
  const named = identity.attributes.filter((attribute) => attribute.name === name)
  const found =
    named.length > 0 ? named : identity.attributes.filter(({ friendlyName }) => friendlyName === name)
  return found.length > 0 ? found.flatMap(({ values }) => values) : undefined
}
