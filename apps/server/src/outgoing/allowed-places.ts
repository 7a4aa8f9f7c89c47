import ipaddr from 'ipaddr.js'

/** Places inside the operator's own network that the server may fetch from, although they are not public. */
export interface AllowedPlaces {
  readonly hosts: ReadonlySet<string>
  readonly ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]
}

export const nowhereInside: AllowedPlaces = { hosts: new Set(), ranges: [] }

/**
 * Reads a list such as `idp.internal, 10.20.0.0/16, 127.0.0.1`: hosts, addresses and ranges, with commas between.
 *
 * A host that is named is allowed at whatever address it has; a range is allowed for every host. Gives nothing where a
 * part is neither.
 */
export function readAllowedPlaces(text: string): AllowedPlaces | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
  const hosts = parts.filter(isHost)
  const ranges = parts.filter((part) => !isHost(part)).map(readRange)

  return ranges.every((range) => range !== undefined) ? { hosts: new Set(hosts), ranges } : undefined
}

/** The last label of a name begins with a letter, so that no spelling of an address is a name. */
function isHost(part: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?$/.test(part)
}

function readRange(part: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(part)) return ipaddr.parseCIDR(part)
  if (ipaddr.IPv4.isValidFourPartDecimal(part)) return [ipaddr.IPv4.parse(part), 32]
  return ipaddr.IPv6.isValid(part) ? [ipaddr.IPv6.parse(part), 128] : undefined
}
