import type { LookupOptions } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { callbackify } from 'node:util'
import { buildConnector } from 'undici'
import type { AllowedPlaces } from './allowed-places.ts'
import { mayConnectTo } from './public-address.ts'

/** All addresses of a host. */
export type ResolveHost = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>

export const resolveBySystem: ResolveHost = (host) => lookup(host, { all: true })

/** The address that was about to be connected to is one the server keeps away from. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

/**
 * Connects to public addresses, and to those that the operator allows.
 *
 * INVARIANT: the address that is judged is the one that is connected to. The name is resolved once, here, every address
 * of it is judged, and the socket gets those; a name that answers differently a moment later changes nothing.
 * `longest` are the milliseconds that it may take.
 */
export function guardedConnect(
  allowed: AllowedPlaces,
  resolve: ResolveHost,
  longest: number,
): buildConnector.connector {
  const judge = async (host: string, _options: LookupOptions) => [...(await judged(host, allowed, resolve))]
  // With `autoSelectFamily` a socket asks for all addresses, and gets a list.
  const connect = buildConnector({ lookup: callbackify(judge), autoSelectFamily: true, timeout: longest })

  return (options, callback) => {
    // For a host that is an address already, nothing is looked up.
    const host = unbracketed(options.hostname)
    if (isIP(host) !== 0 && !mayConnectTo(host, allowed)) callback(new AddressRefused(), null)
    else connect(options, callback)
  }
}

/** Every address of a host, where each is one to connect to. */
async function judged(host: string, allowed: AllowedPlaces, resolve: ResolveHost) {
  const addresses = await resolve(host)
  const isTrusted = allowed.hosts.has(host.toLowerCase())
  const isSound = isTrusted || addresses.every(({ address }) => mayConnectTo(address, allowed))
  if (addresses.length === 0 || !isSound) throw new AddressRefused()
  return addresses
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}
