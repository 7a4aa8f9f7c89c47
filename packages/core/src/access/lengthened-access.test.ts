import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import type { Grant } from '../grant/grant.ts'
import type { AccountId, GrantId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import { directoryOf } from './directory-of.ts'
import type { Directory } from './directory.ts'
import type { AccessChange } from './access-change.ts'
import { applyChanges } from './apply-changes.ts'
import { effective } from './effective.ts'
import type { AccountFacts } from './facts.ts'
import { judgeChanges } from './judge-changes.ts'
import { lengthenedAccess } from './lengthened-access.ts'
import { difference, isEmpty } from '../role/permission-set.ts'
import { heldForms, setOfForms } from '../role/held-forms.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { cases, patience } from '../testing/cases.ts'

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

const end = 9
const places = [undefined, 'rome', 'milan', 'oslo'] as (OrganizationId | undefined)[]
const arbitraryBound = fc.option(fc.integer({ min: 1, max: end - 1 }), { nil: undefined, freq: 3 })
const arbitraryOwnGrant = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    role: fc.constantFrom('reader', 'editor', 'creator', 'mine'),
    organization: fc.constantFrom(...places),
    startsAt: arbitraryBound,
    endsAt: arbitraryBound,
  })
  .map((grant) => ({ ...grant, subject: { kind: 'user', id: user } }) as Grant)
const arbitraryOwnRole = fc.subarray(['ticket.view', 'ticket.edit', 'asset.tag']).map((forms): CustomRole => {
  const permissions = setOfForms(forms, smallBlueprint)
  if (!permissions.ok) throw new Error('the permissions of this test are unknown')
  return { id: 'mine' as RoleId, key: 'mine', name: 'Mine', permissions: permissions.value }
})
const arbitraryOwnChange: fc.Arbitrary<AccessChange> = fc.oneof(
  arbitraryOwnGrant.map((grant) => ({ kind: 'grant_set', grant }) as const),
  arbitraryOwnGrant.map(({ id }) => ({ kind: 'grant_removed', id }) as const),
  arbitraryOwnRole.map((role) => ({ kind: 'role_set', role }) as const),
)

test(
  'own access is longer than it was exactly where a question at some later moment says so',
  patience,
  () => {
    const own = fc.record({
      role: arbitraryOwnRole,
      grants: fc.uniqueArray(arbitraryOwnGrant, { selector: ({ id }) => id, minLength: 2 }),
      changes: fc.array(arbitraryOwnChange, { minLength: 1, maxLength: 3 }),
    })
    fc.assert(
      fc.property(own, ({ role, grants, changes }) => {
        const organizations = places.filter((place) => place !== undefined)
        const was: AccountFacts = { ...facts, organizations, roles: [role], grants }
        const is = applyChanges(was, changes)
        const [before, after] = [was, is].map((each) =>
          directoryOf({ blueprint: smallBlueprint, accounts: new Map([[account, each]]) }),
        ) as [Directory, Directory]
        const gainsAt = (at: number) =>
          places.flatMap((place) => {
            const [then, now] = [before, after].map((side) => effective(side, user, account, place, at))
            const gained = difference(now!, then!)
            return isEmpty(gained)
              ? []
              : [{ organization: place, permissions: heldForms(gained, smallBlueprint) }]
          })
        const endsOf = (each: AccountFacts) =>
          each.grants
            .flatMap(({ startsAt = 0, endsAt = 0 }) => [startsAt, endsAt])
            .filter((bound) => bound > 0)
        const first = Math.min(...endsOf(was), ...endsOf(is))
        const moments =
          endsOf(was).length === 0 ? [] : Array.from({ length: end - first }, (_, i) => first + i)
        const from = moments.find((at) => gainsAt(at).length > 0)

        const found = lengthenedAccess({ before, after, account, changes, user, at: 0 })
        expect(found?.from).toBe(from)
        expect(gainsAt(from ?? 0)).toEqual(expect.arrayContaining([...(found?.beyond ?? [])]))
      }),
      cases(),
    )
  },
)
