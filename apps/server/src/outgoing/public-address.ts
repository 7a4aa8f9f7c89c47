import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { AllowedPlaces } from './allowed-places.ts'

/** Addresses that look public, and at which a cloud tells its machines their secrets. */
const metadata = ['168.63.129.16']

/** All that is routed in the world's IPv6; the rest is special or not given out. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether the server may connect to this address: it is public, or in a range that the operator allows. */
export function mayConnectTo(address: string, { ranges }: Pick<AllowedPlaces, 'ranges'>): boolean {
  if (isIP(address) === 0) return false
  // An IPv4 address in the clothes of IPv6 is the IPv4 address.
  const place = ipaddr.process(address.split('%')[0] ?? '')

  return isPublic(place) || ranges.some((range) => isWithin(place, range))
}

function isPublic(place: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (place.range() !== 'unicast' || metadata.includes(place.toString())) return false
  return place instanceof ipaddr.IPv4 || place.match(globalUnicast)
}

function isWithin(place: ipaddr.IPv4 | ipaddr.IPv6, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return place.kind() === range[0].kind() && place.match(range)
}
