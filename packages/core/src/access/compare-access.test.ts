import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { heldForms, setOfForms } from '../role/held-forms.ts'
import { difference, isEmpty } from '../role/permission-set.ts'
import { arbitraryChange } from '../testing/arbitrary-change.ts'
import { soundWorld } from '../testing/arbitrary-steps.ts'
import {
  arbitraryAccount,
  arbitraryMoment,
  arbitraryWorld,
  everybody,
  placesOf,
} from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import type { AccessChange } from './access-change.ts'
import { affectedBy } from './affected-by.ts'
import { applyChanges } from './apply-changes.ts'
import { compareAccess, type PersonDifference } from './compare-access.ts'
import { directoryOf } from './directory-of.ts'
import type { AccountFacts, Facts } from './facts.ts'
import { modelEffective } from './model.ts'

const at = 1_000
const acme = 'acme' as AccountId
const owl = 'owl' as AccountId
const rome = 'rome' as OrganizationId
const person = (id: string) => ({ kind: 'user', id: id as UserId }) as const
const home = (account: AccountId) => (user: string) =>
  ({ user: user as UserId, kind: 'home', status: 'active', home: account }) as const
const permits = (...forms: string[]) => {
  const set = setOfForms(forms, smallBlueprint)
  if (!set.ok) throw new Error(set.refusal.forms.join(', '))
  return set.value
}
const keeper = (...forms: string[]) => ({
  id: 'keeper' as RoleId,
  key: 'keeper',
  name: 'Keeper',
  permissions: permits(...forms),
})

/** Ann is reader; Bob is keeper everywhere and reader in Rome. Acme lets NightOwl in, as keeper in Rome. */
const facts: AccountFacts = {
  id: acme,
  status: 'active',
  revision: 7,
  organizations: [rome, 'milan' as OrganizationId],
  roles: [keeper('asset.view', 'asset.tag')],
  members: ['ann', 'bob'].map(home(acme)),
  groups: [{ id: 'field' as GroupId, key: 'field', name: 'Field', kind: 'manual', members: [] }],
  grants: [
    { id: 'g-ann' as GrantId, subject: person('ann'), role: 'reader' as RoleId },
    { id: 'g-bob' as GrantId, subject: person('bob'), role: 'keeper' as RoleId },
    { id: 'g-bob-rome' as GrantId, subject: person('bob'), role: 'reader' as RoleId, organization: rome },
    {
      id: 'g-field' as GrantId,
      subject: { kind: 'group', id: 'field' as GroupId },
      role: 'editor' as RoleId,
      organization: rome,
    },
    {
      id: 'g-owl' as GrantId,
      subject: { kind: 'connection', id: 'owl-in' as ConnectionId },
      role: 'keeper' as RoleId,
      organization: rome,
    },
  ],
  connections: [
    {
      id: 'owl-in' as ConnectionId,
      host: acme,
      guest: owl,
      maximum: 'editor' as RoleId,
      delegates: 'everyone',
      status: 'active',
    },
  ],
}

/** Nia is editor at NightOwl, Lou has nothing there. */
const guest: AccountFacts = {
  ...facts,
  id: owl,
  organizations: [],
  roles: [],
  members: ['nia', 'lou'].map(home(owl)),
  groups: [],
  grants: [{ id: 'g-nia' as GrantId, subject: person('nia'), role: 'editor' as RoleId }],
  connections: [],
}

const worldOf = (...accounts: AccountFacts[]): Facts => ({
  blueprint: smallBlueprint,
  accounts: new Map(accounts.map((account) => [account.id, account])),
})

function differences(
  account: AccountId,
  changes: AccessChange[],
  elsewhere: AccountId[] = [],
  host: AccountFacts = facts,
) {
  const before = directoryOf(worldOf(host, guest))
  const [changed, other] = account === acme ? [host, guest] : [guest, host]
  const after = directoryOf(worldOf(applyChanges(changed, changes), other))
  const affected = affectedBy({ before, after, account }, changes)
  return compareAccess({ before, after, account, at, affected, elsewhere })
}

describe('what a change would do', () => {
  test('is told person by person and place by place', () => {
    const changes: AccessChange[] = [
      { kind: 'grant_set', grant: { id: 'g-ann' as GrantId, subject: person('ann'), role: 'own' as RoleId } },
    ]

    expect(differences(acme, changes)).toEqual([
      {
        user: 'ann',
        account: acme,
        places: [{ gained: ['vault.open:own'], lost: ['ticket.view', 'asset.view'] }],
      },
    ])
  })

  test('names a place where it is other than everywhere, also where nothing changes there', () => {
    const changes: AccessChange[] = [{ kind: 'role_set', role: keeper('asset.tag') }]

    expect(differences(acme, changes)).toEqual([
      {
        user: 'bob',
        account: acme,
        places: [
          { gained: [], lost: ['asset.view'] },
          { organization: rome, gained: [], lost: [] },
        ],
      },
      { user: 'nia', account: acme, places: [{ organization: rome, gained: [], lost: ['asset.view'] }] },
    ])
  })

  test('reaches those who are in a group, and nobody else', () => {
    const changes: AccessChange[] = [
      { kind: 'group_member_added', group: 'field' as GroupId, member: person('ann') },
    ]

    expect(differences(acme, changes)).toEqual([
      {
        user: 'ann',
        account: acme,
        places: [
          {
            organization: rome,
            gained: ['ticket.edit', 'asset.tag'],
            lost: [],
          },
        ],
      },
    ])
  })

  test('reaches the accounts that let this one in', () => {
    const changes: AccessChange[] = [
      {
        kind: 'grant_set',
        grant: { id: 'g-lou' as GrantId, subject: person('lou'), role: 'reader' as RoleId },
      },
    ]

    expect(differences(owl, changes, [acme])).toEqual([
      { user: 'lou', account: owl, places: [{ gained: ['ticket.view', 'asset.view'], lost: [] }] },
      { user: 'lou', account: acme, places: [{ organization: rome, gained: ['asset.view'], lost: [] }] },
    ])
  })

  test('reaches those who are let in, by a new connection or by its maximum', () => {
    const id = 'owl-again' as ConnectionId
    const connection = { ...facts.connections[0]!, id, maximum: 'keeper' as RoleId }
    const subject = { kind: 'connection', id } as const
    const opened: AccessChange[] = [
      { kind: 'connection_set', connection },
      { kind: 'grant_set', grant: { id: 'g-2' as GrantId, subject, role: 'editor' as RoleId } },
    ]
    const nia = { user: 'nia', account: acme }

    expect(differences(acme, opened)).toEqual([
      {
        ...nia,
        places: [
          { gained: ['asset.view', 'asset.tag'], lost: [] },
          { organization: rome, gained: [], lost: [] },
        ],
      },
    ])
    const narrowed: AccessChange[] = [{ kind: 'role_set', role: keeper('asset.view') }]
    expect(differences(acme, narrowed, [], applyChanges(facts, opened))).toMatchObject([
      { user: 'bob' },
      { ...nia, places: [{ gained: [], lost: ['asset.tag'] }] },
    ])
  })

  test('is nothing where nobody gains or loses', () => {
    const changes: AccessChange[] = [
      {
        kind: 'grant_set',
        grant: { id: 'g-2' as GrantId, subject: person('ann'), role: 'reader' as RoleId, organization: rome },
      },
    ]

    expect(differences(acme, changes)).toEqual([])
  })
})

/** A line for each place in which somebody gains or loses something. */
type Line = readonly [account: AccountId, user: UserId, place: string, gained: string, lost: string]

function lines(
  now: Facts,
  then: Facts,
  changeOf: (account: AccountId, user: UserId, place: OrganizationId | undefined) => readonly string[][],
): readonly Line[] {
  return [...now.accounts.values()].flatMap(({ id, organizations }) => {
    const wasThere = then.accounts.get(id)?.organizations ?? []
    const places = placesOf(id).filter(
      (place) => place === undefined || (wasThere.includes(place) && organizations.includes(place)),
    )
    return everybody.flatMap((user) =>
      places.flatMap((place): Line[] => {
        const [gained = [], lost = []] = changeOf(id, user, place)
        const isNothing = gained.length === 0 && lost.length === 0
        return isNothing ? [] : [[id, user, place ?? 'everywhere', gained.join(' '), lost.join(' ')]]
      }),
    )
  })
}

test(
  'a comparison says of everybody and every place what the formula says, here and elsewhere',
  patience,
  () => {
    const story = arbitraryAccount.chain((account) =>
      fc.record({
        start: arbitraryWorld().map((world) => soundWorld(world, (each) => each)),
        account: fc.constant(account),
        changes: fc.array(arbitraryChange(account), { minLength: 1, maxLength: 3 }),
        moment: arbitraryMoment,
      }),
    )
    fc.assert(
      fc.property(story, ({ start, account, changes, moment }) => {
        const changed = applyChanges(start.accounts.get(account) ?? facts, changes)
        const now: Facts = { ...start, accounts: new Map([...start.accounts, [account, changed]]) }
        const transition = { before: directoryOf(start), after: directoryOf(now), account }
        const comparison = { ...transition, at: moment, elsewhere: [...start.accounts.keys()] }
        const people = compareAccess({ ...comparison, affected: affectedBy(transition, changes) })

        expect(people).toEqual(compareAccess(comparison))
        const said = lines(now, start, (id, user, place) => saidOf(people, id, user, place))
        const meant = lines(now, start, (id, user, place) => {
          const was = modelEffective(start, user, id, place, moment)
          const is = modelEffective(now, user, id, place, moment)
          const [gained, lost] = [difference(is, was), difference(was, is)]
          return isEmpty(gained) && isEmpty(lost)
            ? []
            : [gained, lost].map((set) => [...heldForms(set, smallBlueprint)])
        })
        expect(said).toEqual(meant)
      }),
      cases(),
    )
  },
)

/** What is said of a place: by its name, else for the whole account. */
function saidOf(
  people: readonly PersonDifference[],
  account: AccountId,
  user: UserId,
  place: OrganizationId | undefined,
): readonly string[][] {
  const places = people.find((one) => one.user === user && one.account === account)?.places ?? []
  const said =
    places.find(({ organization }) => organization === place) ??
    places.find(({ organization }) => organization === undefined)
  return said ? [[...said.gained], [...said.lost]] : []
}
