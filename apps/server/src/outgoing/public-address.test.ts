import { describe, expect, test } from 'vitest'
import { nowhereInside, readAllowedPlaces } from './allowed-places.ts'
import { mayConnectTo } from './public-address.ts'

describe('the server connects to', () => {
  test.each(['8.8.8.8', '1.1.1.1', '93.184.216.34', '2001:4860:4860::8888', '::ffff:8.8.8.8'])(
    '%s',
    (address) => {
      expect(mayConnectTo(address, nowhereInside)).toBe(true)
    },
  )
})

describe('the server does not connect to', () => {
  test.each([
    ['this machine', '127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1'],
    ['no address', '0.0.0.0', '0.1.2.3', '::', '::ffff:0.0.0.0'],
    [
      'private networks',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      'fd00::1',
      'fc00::1',
    ],
    ['the link', '169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'fec0::1'],
    [
      'a cloud’s metadata',
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      '192.0.0.192',
      'fd00:ec2::254',
    ],
    ['groups and everybody', '224.0.0.1', '255.255.255.255', 'ff02::1'],
    [
      'IPv4 wrapped in IPv6',
      '64:ff9b::7f00:1',
      '64:ff9b:1::a00:1',
      '2002:7f00:1::',
      '2001::1',
      '::a00:1',
      '::ffff:0:7f00:1',
    ],
    [
      'what is reserved',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '240.0.0.1',
      '2001:db8::1',
      '4000::1',
      '100::1',
    ],
    ['what is no address', '', 'localhost', '999.1.1.1', '1.2.3', 'x:y'],
  ])('%s', (_, ...addresses) => {
    expect(addresses.filter((address) => mayConnectTo(address, nowhereInside))).toEqual([])
  })
})

describe('what the operator allows', () => {
  const allowed = readAllowedPlaces('idp.internal, 10.20.0.0/16 ,192.168.7.9, fd12::/32,,')

  test('is names, addresses and ranges', () => {
    expect(allowed?.hosts).toEqual(new Set(['idp.internal']))
    const inside = ['10.20.1.1', '::ffff:10.20.1.1', '192.168.7.9', 'fd12::1']

    expect(inside.filter((address) => !mayConnectTo(address, allowed ?? nowhereInside))).toEqual([])
  })

  test('is no more than that', () => {
    const beside = ['10.21.0.1', '192.168.7.8', 'fd13::1', '127.0.0.1']

    expect(beside.filter((address) => mayConnectTo(address, allowed ?? nowhereInside))).toEqual([])
  })

  test.each([
    '10.0.0.0/33',
    '127.1',
    '0x7f.0.0.1',
    '*.internal',
    'https://idp.internal',
    'idp.internal:443',
    'a b',
    '2130706433',
  ])('cannot be %s', (text) => {
    expect(readAllowedPlaces(text)).toBeUndefined()
  })
})
