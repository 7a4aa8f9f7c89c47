import { describe, expect, test } from 'vitest'
import {
  directoryOf,
  resolveBlueprint,
  type AccountFacts,
  type AccountId,
  type Connection,
  type ConnectionId,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import { reachOf } from './reach.ts'

const resolved = resolveBlueprint({
  name: 'Tickets',
  resources: { ticket: { actions: { view: 'View' } } },
  roles: { viewer: { name: 'Viewer', permissions: ['ticket.view'] } },
})
if (!resolved.ok) throw new Error('the blueprint of this test is unsound')
const blueprint = resolved.value

const noon = Date.UTC(2026, 0, 1, 12)
const host = 'acc_host' as AccountId
const guest = 'acc_guest' as AccountId
const otto = 'usr_otto' as UserId

const nothing = {
  revision: 1,
  organizations: [],
  roles: [],
  members: [],
  groups: [],
  grants: [],
  connections: [],
}
const open: Connection = {
  id: 'con_1' as ConnectionId,
  host,
  guest,
  maximum: 'viewer' as RoleId,
  delegates: 'everyone',
  status: 'active',
}

/** What Otto of the guest account may know of the host at noon. */
function ottosReach(terms: Partial<Connection>, home: Partial<AccountFacts> = {}) {
  const accounts = new Map<AccountId, AccountFacts>([
    [host, { id: host, status: 'active', ...nothing, connections: [{ ...open, ...terms }] }],
    [
      guest,
      {
        id: guest,
        status: 'active',
        ...nothing,
        members: [{ user: otto, kind: 'home', status: 'active', home: guest }],
        ...home,
      },
    ],
  ])
  const view = { directory: directoryOf({ blueprint, accounts }), at: noon }
  return reachOf(view, { kind: 'person', user: otto, home: guest }, host)
}

describe('an account that lets another one in', () => {
  test.each([
    { why: 'the connection is open', terms: {} },
    { why: 'its last moment has not come', terms: { endsAt: noon + 1 } },
    { why: 'its first moment has come', terms: { startsAt: noon } },
  ])('is known to the people of the other where $why', ({ terms }) => {
    expect(ottosReach(terms).known).toBe(true)
  })

  test.each([
    { why: 'the connection is over, by the moment', terms: { endsAt: noon } },
    { why: 'the connection has not begun', terms: { startsAt: noon + 1 } },
    { why: 'the connection is paused', terms: { status: 'paused' as const } },
    { why: 'their own account is suspended', terms: {}, home: { status: 'suspended' as const } },
  ])('is not known to them where $why', ({ terms, home }) => {
    expect(ottosReach(terms, home).known).toBe(false)
  })
})
