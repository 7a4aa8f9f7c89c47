/** Who hardware keys and passkeys are made for: this deployment, at this address and at no other. */
export interface RelyingParty {
  /** The host of the public address; keys of one host are of no use on its subdomains or its parent. */
  readonly id: string
  readonly origin: string
  readonly name: string
}

/** What people see in the dialogues of their browsers and the lists of their apps. */
export const shownAs = 'Keyholder'

/** The relying party of a deployment with this public address. */
export function relyingParty(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin, name: shownAs }
}
