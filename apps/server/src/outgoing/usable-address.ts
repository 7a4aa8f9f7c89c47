import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { AllowedPlaces } from './allowed-places.ts'
import { mayConnectTo } from './public-address.ts'

/**
 * What is wrong with an address before anything is asked of it.
 *
 * Without TLS the server talks to itself only, and only where the operator allows that.
 */
export function unusable(text: string, allowed: AllowedPlaces): 'outside_address_unusable' | undefined {
  if (!URL.canParse(text)) return 'outside_address_unusable'
  const { protocol, hostname, username, password } = new URL(text)

  if (username !== '' || password !== '') return 'outside_address_unusable'
  if (protocol === 'https:') return undefined
  return protocol === 'http:' && isOwnMachine(hostname, allowed) ? undefined : 'outside_address_unusable'
}

function isOwnMachine(hostname: string, allowed: AllowedPlaces): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost') return allowed.hosts.has(host)
  return isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback' && mayConnectTo(host, allowed)
}
