import { expect, test } from 'vitest'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import type { AccountId, GrantId, OrganizationId, RoleId, UserId } from '../id.ts'
import { directoryOf } from './directory-of.ts'
import type { Directory } from './directory.ts'
import type { AccountFacts } from './facts.ts'
import { judgeChanges } from './judge-changes.ts'

const resolved = resolveBlueprint({
  name: 'Tickets',
  resources: { ticket: { actions: { view: 'View' } } },
  roles: { viewer: { name: 'Viewer', permissions: ['ticket.view'] } },
})
if (!resolved.ok) throw new Error('the blueprint of this test is unsound')
const blueprint = resolved.value

const account = 'acc_acme' as AccountId
const user = 'usr_tess' as UserId
const organizations = Array.from({ length: 3000 }, (_, i) => `org_${i}` as OrganizationId)
const facts: AccountFacts = {
  id: account,
  status: 'active',
  revision: 1,
  organizations,
  roles: [],
  members: [{ user, kind: 'home', status: 'active', home: account }],
  groups: [],
  grants: organizations.map((organization, i) => ({
    id: `grt_${i}` as GrantId,
    subject: { kind: 'user', id: user },
    role: 'viewer' as RoleId,
    organization,
    endsAt: 1_000 + i,
  })),
  connections: [],
}

test('somebody whose access ends in thousands of places at as many moments is judged without a look at each of them where nothing is about them', () => {
  const whole = directoryOf({ blueprint, accounts: new Map([[account, facts]]) })
  let looks = 0
  const directory: Directory = { blueprint, account: (id) => (looks++, whole.account(id)) }
  const changes = [{ kind: 'organization_set', id: 'org_new' as OrganizationId }] as const

  expect(judgeChanges(directory, { actor: { kind: 'person', user }, account, changes, at: 0 }).ok).toBe(true)
  expect(looks).toBeLessThan(organizations.length)
})
