import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { Grant, Subject } from '../grant/grant.ts'
import type {
  AccountId,
  ConnectionId,
  GrantId,
  GroupId,
  KeyId,
  OrganizationId,
  RoleId,
  UserId,
} from '../id.ts'
import { setOfForms } from '../role/held-forms.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import type { AccessChange } from './access-change.ts'
import type { Actor } from './actor.ts'
import { AccountIndex } from './account-index.ts'
import { applyChanges } from './apply-changes.ts'
import { directoryOf } from './directory-of.ts'
import type { AccountFacts } from './facts.ts'
import { beyondOf, judgeChanges, judgeKeyScopes } from './judge-changes.ts'

const at = 1_000
const acme = 'acme' as AccountId
const owl = 'owl' as AccountId
const rome = 'rome' as OrganizationId
const milan = 'milan' as OrganizationId

const person = (id: string): Extract<Subject, { kind: 'user' }> => ({ kind: 'user', id: id as UserId })
const group = (id: string): Extract<Subject, { kind: 'group' }> => ({ kind: 'group', id: id as GroupId })
const partner = { kind: 'connection', id: 'partner' as ConnectionId } as const

const grant = (id: string, subject: Subject, role?: string, change: Partial<Grant> = {}): Grant => ({
  id: id as GrantId,
  subject,
  ...(role !== undefined && { role: role as RoleId }),
  ...change,
})
const member = (user: string, change: Partial<Member> = {}): Member => ({
  user: user as UserId,
  kind: 'home',
  status: 'active',
  home: acme,
  ...change,
})
const external = { kind: 'external', home: owl } as const

const permits = (...forms: string[]) => {
  const set = setOfForms(forms, smallBlueprint)
  if (!set.ok) throw new Error(set.refusal.forms.join(', '))
  return set.value
}
const customRole = (id: string, forms: string[], organizations?: OrganizationId[]): CustomRole => ({
  id: id as RoleId,
  key: id,
  name: id,
  permissions: permits(...forms),
  organizations,
})
const connection: Connection = {
  id: partner.id,
  host: acme,
  guest: owl,
  maximum: 'editor' as RoleId,
  delegates: 'everyone',
  status: 'active',
}

/*
 * Sue is superuser. Ed is editor: tickets, assets, paying bills. Rhea is editor in Rome only. Vic reads tickets and
 * assets. Bo pays and signs bills, by a custom role. Sam is a suspended editor. Xi is external and creator. NightOwl
 * is let in as editor at most, as reader everywhere.
 */
const facts: AccountFacts = {
  id: acme,
  status: 'active',
  revision: 1,
  organizations: [rome, milan],
  roles: [
    customRole('bookkeeper', ['bill.pay', 'bill.sign']),
    customRole('toucher', ['ticket.edit']),
    customRole('romans', ['asset.view'], [rome]),
  ],
  members: [
    ...['sue', 'ed', 'rhea', 'vic', 'bo'].map((user) => member(user)),
    member('sam', { status: 'suspended' }),
    member('xi', external),
  ],
  groups: [
    { id: 'admins' as GroupId, key: 'admins', name: 'Admins', kind: 'manual', members: [] },
    { id: 'readers' as GroupId, key: 'readers', name: 'Readers', kind: 'manual', members: [person('vic')] },
    { id: 'idp' as GroupId, key: 'idp', name: 'From the IdP', kind: 'sso', members: [person('vic')] },
    { id: 'empty' as GroupId, key: 'empty', name: 'Empty', kind: 'manual', members: [] },
  ],
  grants: [
    grant('g-sue', person('sue'), 'superuser'),
    grant('g-ed', person('ed'), 'editor'),
    grant('g-rhea', person('rhea'), 'editor', { organization: rome }),
    grant('g-vic', person('vic'), 'reader'),
    grant('g-bo', person('bo'), 'bookkeeper'),
    grant('g-sam', person('sam'), 'editor'),
    grant('g-xi', person('xi'), 'creator'),
    grant('g-admins', group('admins'), 'manager'),
    grant('g-readers', group('readers'), 'reader'),
    grant('g-partner', partner, 'reader'),
  ],
  connections: [connection],
}

const guest: AccountFacts = {
  ...facts,
  id: owl,
  organizations: [],
  roles: [],
  members: [member('xi', { home: owl }), member('nia', { home: owl })],
  groups: [{ id: 'night' as GroupId, key: 'night', name: 'Night', kind: 'manual', members: [] }],
  grants: [grant('g-nia', person('nia'), 'superuser'), grant('g-xi-home', person('xi'), 'manager')],
  connections: [],
}

const by = (user: string): Actor => ({ kind: 'person', user: user as UserId })
const operator: Actor = { kind: 'operator', key: 'key_0' as KeyId }

function judge(
  actor: Actor,
  changes: readonly AccessChange[],
  { before = facts, actingFor }: { readonly before?: AccountFacts; readonly actingFor?: AccountId } = {},
) {
  const accounts = new Map([before, guest].map((account) => [account.id, account]))
  const directory = directoryOf({ blueprint: smallBlueprint, accounts })
  return judgeChanges(directory, { actor, account: acme, changes, at, ...(actingFor && { actingFor }) })
}

const codeOf = (result: ReturnType<typeof judge>) => (result.ok ? 'allowed' : result.refusal.code)
const granted = (to: Subject, role?: string, change: Partial<Grant> = {}): AccessChange => ({
  kind: 'grant_set',
  grant: grant('g-new', to, role, change),
})
const without = (id: string): AccessChange => ({ kind: 'grant_removed', id: id as GrantId })
const lets = (change: Partial<Connection>): AccessChange => ({
  kind: 'connection_set',
  connection: { ...connection, ...change },
})
const withRole = (role: CustomRole): AccessChange => ({ kind: 'role_set', role })
const joins = (to: string, subject: Extract<Subject, { kind: 'user' | 'connection' }>): AccessChange => ({
  kind: 'group_member_added',
  group: to as GroupId,
  member: subject,
})
const becomes = (user: string, change: Partial<Member>): AccessChange => ({
  kind: 'member_set',
  member: member(user, change),
})

describe('nobody gives more than they hold', () => {
  test.each<[string, string, AccessChange[], string]>([
    ['Ed makes Vic editor', 'ed', [granted(person('vic'), 'editor')], 'allowed'],
    ['Ed makes Vic manager', 'ed', [granted(person('vic'), 'manager')], 'beyond_own_access'],
    ['Ed makes himself manager', 'ed', [granted(person('ed'), 'manager')], 'beyond_own_access'],
    [
      'Ed gives a role that he holds as a set, not by name',
      'ed',
      [granted(person('vic'), 'creator')],
      'allowed',
    ],
    [
      'Ed gives what he lacks for later',
      'ed',
      [granted(person('vic'), 'manager', { startsAt: at + 1 })],
      'beyond_own_access',
    ],
    [
      'Rhea makes Vic editor in Rome',
      'rhea',
      [granted(person('vic'), 'editor', { organization: rome })],
      'allowed',
    ],
    [
      'Rhea makes Vic editor in Milan',
      'rhea',
      [granted(person('vic'), 'editor', { organization: milan })],
      'beyond_own_access',
    ],
    ['Rhea makes Vic editor everywhere', 'rhea', [granted(person('vic'), 'editor')], 'beyond_own_access'],
    [
      'Vic gives in Rome what he lacks there',
      'vic',
      [granted(person('xi'), 'editor', { organization: rome })],
      'beyond_own_access',
    ],
    ['Bo gives bills over the account', 'bo', [granted(person('vic'), 'bookkeeper')], 'allowed'],
    [
      'Bo gives bills in Rome, which carries nothing',
      'bo',
      [granted(person('vic'), 'bookkeeper', { organization: rome })],
      'allowed',
    ],
    [
      'Ed replaces a grant that was above him',
      'ed',
      [{ kind: 'grant_set', grant: grant('g-sue', person('sue'), 'reader') }],
      'beyond_own_access',
    ],
    ['Ed takes away a grant that was above him', 'ed', [without('g-sue')], 'beyond_own_access'],
    ['Ed takes away a grant that was within him', 'ed', [without('g-vic')], 'allowed'],
    [
      'Vic lets a grant above him count for longer',
      'vic',
      [{ kind: 'grant_set', grant: grant('g-ed', person('ed'), 'editor', { endsAt: at + 9 }) }],
      'beyond_own_access',
    ],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })

  test('and the refusal names what is beyond, scope by scope', () => {
    expect(judge(by('rhea'), [granted(person('vic'), 'editor')])).toEqual({
      ok: false,
      refusal: {
        code: 'beyond_own_access',
        change: 0,
        beyond: [{ permissions: ['ticket.view', 'ticket.edit', 'asset.view', 'asset.tag', 'bill.pay'] }],
      },
    })
    expect(judge(by('vic'), [granted(person('xi'), 'creator', { organization: milan })])).toMatchObject({
      refusal: { beyond: [{ organization: milan, permissions: ['ticket.edit:own'] }] },
    })
    expect(judge(by('vic'), [withRole(customRole('new', ['asset.tag'], [rome, milan]))])).toMatchObject({
      refusal: { beyond: [{ organization: milan }, { organization: rome }] },
    })
    const widened = grant('g-rhea', person('rhea'), 'editor')
    expect(judge(by('vic'), [{ kind: 'grant_set', grant: widened }])).toMatchObject({
      refusal: { beyond: [{ permissions: expect.arrayContaining(['bill.pay']) }, { organization: rome }] },
    })
  })
})

describe('nobody climbs by steps', () => {
  test('the second step is judged by what was held before the first', () => {
    const steps = [withRole(customRole('mine', ['ticket.edit'])), granted(person('vic'), 'mine')]

    expect(judge(by('vic'), steps)).toMatchObject({ refusal: { code: 'beyond_own_access', change: 0 } })
    expect(judge(by('ed'), [...steps, withRole(customRole('mine', ['vault.open']))])).toMatchObject({
      refusal: { code: 'beyond_own_access', change: 2 },
    })
  })

  test('a harmless role that is granted first cannot be filled afterwards', () => {
    const steps = [
      withRole(customRole('mine', ['asset.view'])),
      granted(person('vic'), 'mine'),
      withRole(customRole('mine', ['asset.view', 'asset.tag'])),
    ]

    expect(judge(by('vic'), steps)).toMatchObject({
      refusal: { change: 2, beyond: [{ permissions: ['asset.tag'] }] },
    })
  })

  test('an empty group that is joined first cannot be armed afterwards', () => {
    const steps = [joins('empty', person('vic')), granted(group('empty'), 'editor')]

    expect(judge(by('vic'), steps)).toMatchObject({ refusal: { change: 1 } })
  })

  test('all that was allowed is in the account afterwards, and a refusal changes nothing', () => {
    const result = judge(by('ed'), [granted(person('vic'), 'editor'), without('g-readers')])

    expect(result.ok && result.value.after.facts()).toEqual(
      expect.objectContaining({ grants: expect.arrayContaining([grant('g-new', person('vic'), 'editor')]) }),
    )
  })
})

describe('nobody puts off an end that was set to their own access', () => {
  const end = at + 100
  /** Tess is editor until the end, and reader for good. */
  const before = applyChanges(facts, [
    becomes('tess', {}),
    { kind: 'grant_set', grant: grant('g-tess', person('tess'), 'editor', { endsAt: end }) },
    { kind: 'grant_set', grant: grant('g-tess-2', person('tess'), 'reader') },
    { kind: 'role_set', role: customRole('mine', ['asset.view']) },
    { kind: 'grant_set', grant: grant('g-tess-3', person('tess'), 'mine') },
    { kind: 'grant_set', grant: grant('g-empty', group('empty'), 'editor') },
  ])
  const longer = (endsAt?: number): AccessChange => ({
    kind: 'grant_set',
    grant: grant('g-tess', person('tess'), 'editor', { endsAt }),
  })
  const oslo = 'oslo' as OrganizationId

  test.each<[string, AccessChange[], string]>([
    ['by moving it', [longer(end + 1)], 'own_access_lengthened'],
    ['by taking it away', [longer()], 'own_access_lengthened'],
    ['by a second grant', [granted(person('tess'), 'creator')], 'own_access_lengthened'],
    [
      'by a second grant over one organization',
      [granted(person('tess'), 'editor', { organization: rome })],
      'own_access_lengthened',
    ],
    [
      'by a grant that begins when it comes',
      [granted(person('tess'), 'editor', { startsAt: end })],
      'own_access_lengthened',
    ],
    [
      'by a grant that begins some time after it',
      [granted(person('tess'), 'editor', { startsAt: end + 50 })],
      'own_access_lengthened',
    ],
    [
      'by a role that they hold for good',
      [withRole(customRole('mine', ['asset.view', 'asset.tag']))],
      'own_access_lengthened',
    ],
    ['by a group that has no end', [joins('empty', person('tess'))], 'own_access_lengthened'],
    ['but may bring it nearer', [longer(end - 1)], 'allowed'],
    ['but may take what they have for good twice', [granted(person('tess'), 'reader')], 'allowed'],
    ['but may take something until then', [granted(person('tess'), 'creator', { endsAt: end })], 'allowed'],
    ['but may give others what has no end', [granted(person('vic'), 'editor')], 'allowed'],
    [
      'but may make an organization',
      [{ kind: 'organization_set', id: oslo }, granted(person('tess'), 'reader', { organization: oslo })],
      'allowed',
    ],
    [
      'not even in an organization that they make',
      [{ kind: 'organization_set', id: oslo }, granted(person('tess'), 'editor', { organization: oslo })],
      'own_access_lengthened',
    ],
  ])('%s', (_, changes, code) => {
    expect(codeOf(judge(by('tess'), changes, { before }))).toBe(code)
  })

  test('and the refusal names what they would keep, and from when', () => {
    expect(judge(by('tess'), [granted(person('tess'), 'creator')], { before })).toEqual({
      ok: false,
      refusal: { code: 'own_access_lengthened', from: end, beyond: [{ permissions: ['ticket.edit:own'] }] },
    })
  })

  test('nor does their API key', () => {
    const key: Actor = {
      kind: 'key',
      key: 'key_1' as KeyId,
      scopes: permits('ticket.edit', 'asset.tag', 'bill.pay', 'ticket.view', 'asset.view'),
      madeBy: 'tess' as UserId,
    }

    expect(codeOf(judge(key, [longer()], { before }))).toBe('own_access_lengthened')
    expect(codeOf(judge(by('sue'), [longer()], { before }))).toBe('allowed')
    expect(codeOf(judge(operator, [longer()], { before }))).toBe('allowed')
  })
})

describe('roles', () => {
  test.each<[string, string, AccessChange[], string]>([
    ['Ed makes a role of what he holds', 'ed', [withRole(customRole('new', ['ticket.edit']))], 'allowed'],
    ['Ed makes a role with more', 'ed', [withRole(customRole('new', ['vault.open']))], 'beyond_own_access'],
    [
      'Rhea makes a role for the whole account',
      'rhea',
      [withRole(customRole('new', ['ticket.edit']))],
      'beyond_own_access',
    ],
    [
      'Rhea makes a role bound to Rome',
      'rhea',
      [withRole(customRole('new', ['ticket.edit'], [rome]))],
      'allowed',
    ],
    [
      'Rhea makes a role bound to Rome and Milan',
      'rhea',
      [withRole(customRole('new', ['ticket.edit'], [rome, milan]))],
      'beyond_own_access',
    ],
    ['Rhea unbinds a role', 'rhea', [withRole(customRole('romans', ['asset.view']))], 'beyond_own_access'],
    [
      'Ed takes something from a role that was above him',
      'ed',
      [withRole(customRole('bookkeeper', ['bill.pay']))],
      'beyond_own_access',
    ],
    [
      'Ed deletes a role that was above him',
      'ed',
      [{ kind: 'role_removed', id: 'bookkeeper' as RoleId }],
      'beyond_own_access',
    ],
    [
      'Ed deletes a role within his own',
      'ed',
      [{ kind: 'role_removed', id: 'toucher' as RoleId }],
      'allowed',
    ],
    [
      'Xi, who edits only tickets of her own, limits a role to that',
      'xi',
      [withRole(customRole('toucher', ['ticket.edit:own']))],
      'beyond_own_access',
    ],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })
})

describe('groups carry what is granted to them', () => {
  test.each<[string, string, AccessChange[], string]>([
    ['Ed joins the admins', 'ed', [joins('admins', person('ed'))], 'beyond_own_access'],
    ['Ed puts Vic into the admins', 'ed', [joins('admins', person('vic'))], 'beyond_own_access'],
    [
      'Ed renames the admins',
      'ed',
      [{ kind: 'group_set', group: { id: 'admins' as GroupId, key: 'a', name: 'A', kind: 'manual' } }],
      'beyond_own_access',
    ],
    [
      'Ed deletes the admins',
      'ed',
      [{ kind: 'group_removed', id: 'admins' as GroupId }],
      'beyond_own_access',
    ],
    ['Ed puts Xi into the readers', 'ed', [joins('readers', person('xi'))], 'allowed'],
    [
      'Ed takes Vic out of the readers',
      'ed',
      [{ kind: 'group_member_removed', group: 'readers' as GroupId, member: person('vic') }],
      'allowed',
    ],
    ['Ed puts the partner into the readers', 'ed', [joins('readers', partner)], 'allowed'],
    [
      'Ed puts the partner into the admins, who give it no more than editor',
      'ed',
      [joins('admins', partner)],
      'allowed',
    ],
    ['Rhea puts the partner into the readers', 'rhea', [joins('readers', partner)], 'beyond_own_access'],
    [
      'Ed makes a group',
      'ed',
      [{ kind: 'group_set', group: { id: 'new' as GroupId, key: 'n', name: 'N', kind: 'manual' } }],
      'allowed',
    ],
    [
      'Sue fills the group of the identity provider by hand',
      'sue',
      [joins('idp', person('ed'))],
      'group_filled_by_sso',
    ],
    [
      'Sue empties the group of the identity provider by hand',
      'sue',
      [{ kind: 'group_member_removed', group: 'idp' as GroupId, member: person('vic') }],
      'group_filled_by_sso',
    ],
    [
      'Sue makes the group of the identity provider manual',
      'sue',
      [{ kind: 'group_set', group: { id: 'idp' as GroupId, key: 'i', name: 'I', kind: 'manual' } }],
      'group_kind_fixed',
    ],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })
})

describe('members are protected by what they hold', () => {
  const leaves = (user: string): AccessChange => ({ kind: 'member_removed', user: user as UserId })

  test.each<[string, string, AccessChange[], string]>([
    ['Ed suspends Vic', 'ed', [becomes('vic', { status: 'suspended' })], 'allowed'],
    ['Ed suspends Sue', 'ed', [becomes('sue', { status: 'suspended' })], 'member_protected'],
    [
      'Ed suspends Bo, who holds other things',
      'ed',
      [becomes('bo', { status: 'suspended' })],
      'member_protected',
    ],
    ['Ed removes Vic', 'ed', [leaves('vic')], 'allowed'],
    ['Ed removes Bo', 'ed', [leaves('bo')], 'member_protected'],
    ['Rhea removes Vic, who reads everywhere', 'rhea', [leaves('vic')], 'member_protected'],
    ['Ed brings Sam back, who is editor', 'ed', [becomes('sam', {})], 'allowed'],
    ['Vic brings Sam back, who is editor', 'vic', [becomes('sam', {})], 'member_protected'],
    ['Vic adds somebody with nothing', 'vic', [becomes('new', {})], 'allowed'],
    ['Vic sets a member to what they are', 'vic', [becomes('sue', {})], 'allowed'],
    ['Bo leaves', 'bo', [leaves('bo')], 'allowed'],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })

  test('everybody may leave, also before they hold what they are to hold', () => {
    const before = applyChanges(facts, [
      { kind: 'grant_set', grant: grant('g-later', person('vic'), 'superuser', { startsAt: at + 1 }) },
    ])
    const key: Actor = {
      kind: 'key',
      key: 'key_1' as KeyId,
      scopes: permits('ticket.view'),
      madeBy: person('vic').id,
    }
    const directory = directoryOf({ blueprint: smallBlueprint, accounts: new Map([[acme, before]]) })
    const beyond = (actor: Actor) => beyondOf(directory, { actor, account: acme, at }, person('vic').id)

    expect(codeOf(judge(by('vic'), [leaves('vic')], { before }))).toBe('allowed')
    expect(codeOf(judge(by('ed'), [leaves('vic')], { before }))).toBe('member_protected')
    expect(codeOf(judge(key, [leaves('vic')], { before }))).toBe('member_protected')
    expect(codeOf(judge(by('vic'), [becomes('vic', { status: 'suspended' })], { before }))).toBe(
      'member_protected',
    )
    expect(beyond(by('vic'))).toEqual([])
    expect(beyond(key)).not.toEqual([])
  })

  test('groups count, also those whose time has not come', () => {
    const inAdmins = applyChanges(facts, [
      joins('admins', person('vic')),
      { kind: 'grant_set', grant: grant('g-admins', group('admins'), 'manager', { startsAt: at + 1 }) },
    ])

    expect(codeOf(judge(by('ed'), [leaves('vic')], { before: inAdmins }))).toBe('member_protected')
  })

  test('what has ended does not count', () => {
    const before = applyChanges(facts, [
      { kind: 'grant_set', grant: grant('g-old', person('vic'), 'superuser', { endsAt: at }) },
    ])

    expect(codeOf(judge(by('ed'), [leaves('vic')], { before }))).toBe('allowed')
  })

  test('the refusal names who is protected, and by what', () => {
    expect(judge(by('ed'), [leaves('bo')])).toEqual({
      ok: false,
      refusal: {
        code: 'member_protected',
        change: 0,
        member: 'bo',
        beyond: [{ permissions: ['bill.sign'] }],
      },
    })
  })

  test('a suspension also closes the way through a connection, so lifting it puts that at stake', () => {
    const before = applyChanges(facts, [
      becomes('xi', { ...external, status: 'suspended' }),
      without('g-xi'),
      { kind: 'grant_set', grant: grant('g-partner', partner, 'editor') },
    ])

    expect(codeOf(judge(by('vic'), [becomes('xi', external)], { before }))).toBe('member_protected')
    expect(codeOf(judge(by('vic'), [leaves('xi')], { before }))).toBe('member_protected')
    expect(codeOf(judge(by('ed'), [becomes('xi', external)], { before }))).toBe('allowed')
  })

  test('the same protects them from a reset of their credentials', () => {
    const directory = directoryOf({ blueprint: smallBlueprint, accounts: new Map([[acme, facts]]) })
    const beyond = (actor: Actor, user: string) =>
      beyondOf(directory, { actor, account: acme, at }, user as UserId)

    expect(beyond(by('ed'), 'vic')).toEqual([])
    expect(beyond(by('ed'), 'bo')).toEqual([{ permissions: ['bill.sign'] }])
    expect(beyond(by('bo'), 'bo')).toEqual([])
    expect(beyond(operator, 'sue')).toEqual([])
  })
})

describe('connections carry what was granted, up to the maximum, and nothing guarded', () => {
  test.each<[string, string, AccessChange[], string]>([
    ['Vic grants the partner what he has', 'vic', [granted(partner, 'reader')], 'allowed'],
    ['Vic grants the partner the maximum', 'vic', [granted(partner)], 'beyond_own_access'],
    ['Ed grants the partner the maximum', 'ed', [granted(partner)], 'allowed'],
    [
      'Ed grants the partner manager, of which editor remains',
      'ed',
      [granted(partner, 'manager')],
      'allowed',
    ],
    ['Vic raises the maximum over readers', 'vic', [lets({ maximum: 'manager' as RoleId })], 'allowed'],
    ['Vic pauses it', 'vic', [lets({ status: 'paused' })], 'allowed'],
    ['Rhea pauses it', 'rhea', [lets({ status: 'paused' })], 'beyond_own_access'],
    ['Rhea ends it', 'rhea', [lets({ status: 'ended' })], 'beyond_own_access'],
    [
      'Vic lets somebody in who gets nothing yet',
      'vic',
      [lets({ id: 'other' as ConnectionId, maximum: 'superuser' as RoleId })],
      'allowed',
    ],
    [
      'Ed raises the maximum over a grant of what he lacks',
      'ed',
      [granted(partner, 'manager'), lets({ maximum: 'manager' as RoleId })],
      'beyond_own_access',
    ],
    ['Bo ends it', 'bo', [lets({ status: 'ended' })], 'beyond_own_access'],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })

  test('raising the maximum is judged by what was granted beyond it before', () => {
    const before = applyChanges(facts, [granted(partner, 'bookkeeper'), lets({ maximum: 'own' as RoleId })])
    const raise = [lets({ maximum: 'manager' as RoleId })]

    expect(codeOf(judge(by('vic'), raise, { before }))).toBe('beyond_own_access')
    expect(codeOf(judge(by('ed'), raise, { before }))).toBe('allowed')
  })

  test.each<[string, AccessChange[], string]>([
    [
      'to a connection that has ended',
      [lets({ status: 'ended' }), granted(partner, 'reader')],
      'connection_closed',
    ],
    ['to take an ended connection up again', [lets({ status: 'ended' }), lets({})], 'connection_closed'],
    ['to turn a connection round', [lets({ host: owl, guest: acme })], 'connection_sides_fixed'],
    ['to let another account in by it', [lets({ guest: 'third' as AccountId })], 'connection_sides_fixed'],
    ['to let itself in', [lets({ id: 'other' as ConnectionId, guest: acme })], 'connection_sides_fixed'],
    ['a maximum that is bound to Rome', [lets({ maximum: 'romans' as RoleId })], 'maximum_bound'],
    [
      'to bind its maximum',
      [lets({ maximum: 'toucher' as RoleId }), withRole(customRole('toucher', ['ticket.edit'], [rome]))],
      'role_is_maximum',
    ],
    [
      'to delete its maximum',
      [lets({ maximum: 'toucher' as RoleId }), { kind: 'role_removed', id: 'toucher' as RoleId }],
      'role_is_maximum',
    ],
    [
      'delegates that the guest does not have',
      [lets({ delegates: 'readers' as GroupId })],
      'change_reference_unknown',
    ],
  ])('not even Sue and the operator get %s', (_, changes, code) => {
    expect(codeOf(judge(by('sue'), changes))).toBe(code)
    expect(codeOf(judge(operator, changes))).toBe(code)
  })
})

describe('the guest of a connection, holding nothing in the host account', () => {
  test.each<[string, AccessChange[], string]>([
    ['ends it', [lets({ status: 'ended' })], 'allowed'],
    ['ends it with what it holds', [without('g-partner'), lets({ status: 'ended' })], 'allowed'],
    ['lowers its maximum', [lets({ maximum: 'reader' as RoleId })], 'allowed'],
    ['chooses its delegates', [lets({ delegates: 'night' as GroupId })], 'allowed'],
    ['brings its end nearer', [lets({ endsAt: at + 5 })], 'allowed'],
    ['raises its maximum', [lets({ maximum: 'manager' as RoleId })], 'not_the_guests_to_change'],
    ['pauses it', [lets({ status: 'paused' })], 'not_the_guests_to_change'],
    ['lets itself in', [lets({ id: 'other' as ConnectionId })], 'not_the_guests_to_change'],
    ['grants itself something', [granted(partner, 'reader')], 'not_the_guests_to_change'],
    ['takes from others', [without('g-vic')], 'not_the_guests_to_change'],
    ['removes people', [{ kind: 'member_removed', user: 'vic' as UserId }], 'not_the_guests_to_change'],
  ])('%s', (_, changes, code) => {
    expect(codeOf(judge(by('nia'), changes, { actingFor: owl }))).toBe(code)
  })

  test('is the guest of its own connection only', () => {
    expect(codeOf(judge(by('nia'), [lets({ status: 'ended' })], { actingFor: 'third' as AccountId }))).toBe(
      'not_the_guests_to_change',
    )
  })

  test('is not who acts for the host itself', () => {
    expect(codeOf(judge(by('ed'), [granted(partner, 'reader')], { actingFor: acme }))).toBe('allowed')
  })

  test('cannot widen a paused connection by resuming it', () => {
    const before = applyChanges(facts, [lets({ status: 'paused' })])

    expect(codeOf(judge(by('nia'), [lets({})], { before, actingFor: owl }))).toBe('not_the_guests_to_change')
  })
})

describe('organizations and the account', () => {
  test.each<[string, string, AccessChange[], string]>([
    [
      'Vic makes an organization',
      'vic',
      [{ kind: 'organization_set', id: 'oslo' as OrganizationId }],
      'allowed',
    ],
    [
      'Vic deletes Milan, where nobody has a grant of their own',
      'vic',
      [{ kind: 'organization_removed', id: milan }],
      'allowed',
    ],
    [
      'Vic deletes Rome, where Rhea is editor',
      'vic',
      [{ kind: 'organization_removed', id: rome }],
      'beyond_own_access',
    ],
    ['Ed deletes Rome', 'ed', [{ kind: 'organization_removed', id: rome }], 'allowed'],
    ['Ed suspends the account', 'ed', [{ kind: 'account_set', status: 'suspended' }], 'beyond_own_access'],
    ['Sue suspends the account', 'sue', [{ kind: 'account_set', status: 'suspended' }], 'allowed'],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(by(actor), changes))).toBe(code)
  })

  test('in an organization that is only being made, everybody has what they have everywhere', () => {
    const oslo = 'oslo' as OrganizationId
    const make: AccessChange = { kind: 'organization_set', id: oslo }

    expect(codeOf(judge(by('ed'), [make, granted(person('vic'), 'editor', { organization: oslo })]))).toBe(
      'allowed',
    )
    expect(codeOf(judge(by('rhea'), [make, granted(person('vic'), 'editor', { organization: oslo })]))).toBe(
      'beyond_own_access',
    )
  })

  test('in a suspended account nobody can do anything but the operator', () => {
    const before = applyChanges(facts, [{ kind: 'account_set', status: 'suspended' }])
    const revive: AccessChange[] = [{ kind: 'account_set', status: 'active' }]

    expect(codeOf(judge(by('sue'), revive, { before }))).toBe('beyond_own_access')
    expect(codeOf(judge(operator, revive, { before }))).toBe('allowed')
  })
})

describe('a change that would mean nothing is refused, whoever makes it', () => {
  const nobody = person('nobody')
  const noWhere = 'nowhere' as OrganizationId

  test.each<[string, AccessChange[], object]>([
    [
      'a grant to somebody who is no member',
      [granted(nobody, 'reader')],
      { resource: 'member', id: 'nobody' },
    ],
    ['a grant to no group', [granted(group('none'), 'reader')], { resource: 'group', id: 'none' }],
    [
      'a grant to no connection',
      [granted({ kind: 'connection', id: 'none' as ConnectionId }, 'reader')],
      { resource: 'connection' },
    ],
    ['a grant of no role', [granted(person('vic'), 'nothing')], { resource: 'role', id: 'nothing' }],
    [
      'a grant over no organization',
      [granted(person('vic'), 'reader', { organization: noWhere })],
      { resource: 'organization' },
    ],
    ['the removal of no grant', [without('none')], { resource: 'grant', id: 'none' }],
    ['the removal of no member', [{ kind: 'member_removed', user: nobody.id }], { resource: 'member' }],
    ['the removal of no group', [{ kind: 'group_removed', id: 'none' as GroupId }], { resource: 'group' }],
    ['the removal of no role', [{ kind: 'role_removed', id: 'none' as RoleId }], { resource: 'role' }],
    [
      'the removal of no organization',
      [{ kind: 'organization_removed', id: noWhere }],
      { resource: 'organization' },
    ],
    ['a place in no group', [joins('none', person('vic'))], { resource: 'group' }],
    ['a place in a group for nobody', [joins('empty', nobody)], { resource: 'member' }],
    [
      'a role bound to no organization there is',
      [withRole(customRole('new', ['asset.view'], [noWhere]))],
      { resource: 'organization' },
    ],
    ['a connection up to no role', [lets({ maximum: 'nothing' as RoleId })], { resource: 'role' }],
  ])('%s', (_, changes, reference) => {
    for (const actor of [by('sue'), operator]) {
      expect(judge(actor, changes)).toMatchObject({
        refusal: { code: 'change_reference_unknown', change: 0, ...reference },
      })
    }
  })

  test.each<[string, AccessChange[], object]>([
    ['a grant to a person without a role', [granted(person('vic'))], { code: 'grant_needs_role' }],
    ['a grant to a group without a role', [granted(group('empty'))], { code: 'grant_needs_role' }],
    [
      'a grant that has ended',
      [granted(person('vic'), 'reader', { endsAt: at })],
      { code: 'grant_never_current' },
    ],
    [
      'a grant that ends before it starts',
      [granted(person('vic'), 'reader', { startsAt: at + 2, endsAt: at + 1 })],
      { code: 'grant_never_current' },
    ],
    [
      'a bound role over the whole account',
      [granted(person('vic'), 'romans')],
      { code: 'role_bound_elsewhere', organizations: [rome] },
    ],
    [
      'a bound role in another organization',
      [granted(person('vic'), 'romans', { organization: milan })],
      { code: 'role_bound_elsewhere' },
    ],
    [
      'a bound role where the last of its organizations is gone',
      [{ kind: 'organization_removed', id: rome }, granted(person('vic'), 'romans', { organization: milan })],
      { code: 'role_bound_elsewhere', organizations: [] },
    ],
    [
      'binding a role that is granted over the account',
      [withRole(customRole('bookkeeper', ['bill.pay'], [rome]))],
      { code: 'role_granted_elsewhere', grants: ['g-bo'] },
    ],
    [
      'binding a role away from where it is granted',
      [
        granted(person('vic'), 'romans', { organization: rome }),
        withRole(customRole('romans', ['asset.view'], [milan])),
      ],
      { code: 'role_granted_elsewhere', grants: ['g-new'] },
    ],
    ['changing a built-in role', [withRole(customRole('editor', ['asset.view']))], { code: 'role_built_in' }],
    [
      'deleting a built-in role',
      [{ kind: 'role_removed', id: 'superuser' as RoleId }],
      { code: 'role_built_in' },
    ],
    ['making a user of an external one', [becomes('xi', {})], { code: 'member_home_fixed', member: 'xi' }],
    ['making an external one of a user', [becomes('vic', external)], { code: 'member_home_fixed' }],
    ['a user whose home is elsewhere', [becomes('new', { home: owl })], { code: 'member_home_fixed' }],
    [
      'an external user whose home is here',
      [becomes('new', { kind: 'external' })],
      { code: 'member_home_fixed' },
    ],
  ])('%s', (_, changes, refusal) => {
    for (const actor of [by('sue'), operator]) expect(judge(actor, changes)).toMatchObject({ refusal })
  })

  test('but the operator may fill the group of the identity provider', () => {
    expect(codeOf(judge(operator, [joins('idp', person('ed'))]))).toBe('allowed')
  })
})

describe('an API key', () => {
  const key = (scopes: string[], madeBy?: string): Actor => ({
    kind: 'key',
    key: 'key_1' as KeyId,
    scopes: permits(...scopes),
    ...(madeBy !== undefined && { madeBy: madeBy as UserId }),
  })
  const reader = ['ticket.view', 'asset.view']

  test('so is what it gets by its groups', () => {
    const before = applyChanges(facts, [joins('admins', partner), lets({ maximum: 'reader' as RoleId })])
    const raise = [lets({ maximum: 'editor' as RoleId })]

    expect(codeOf(judge(by('vic'), raise, { before }))).toBe('beyond_own_access')
    expect(codeOf(judge(by('ed'), raise, { before }))).toBe('allowed')
  })

  test.each<[string, Actor, AccessChange[], string]>([
    [
      'gives what it may and its maker holds',
      key(reader, 'ed'),
      [granted(person('xi'), 'reader')],
      'allowed',
    ],
    [
      'does not give what its maker holds but it may not',
      key(reader, 'ed'),
      [granted(person('xi'), 'editor')],
      'beyond_own_access',
    ],
    [
      'does not give what it may but its maker does not hold',
      key(['bill.sign', 'bill.pay'], 'ed'),
      [granted(person('xi'), 'bookkeeper')],
      'beyond_own_access',
    ],
    [
      'gives nothing once its maker is suspended',
      key(reader, 'sam'),
      [granted(person('xi'), 'reader')],
      'beyond_own_access',
    ],
    [
      'gives nothing once its maker is gone',
      key(reader, 'gone'),
      [granted(person('xi'), 'reader')],
      'beyond_own_access',
    ],
    ['of the operator gives what it may', key(reader), [granted(person('xi'), 'reader')], 'allowed'],
    [
      'does not let its maker leave in their name',
      key([], 'bo'),
      [{ kind: 'member_removed', user: 'bo' as UserId }],
      'member_protected',
    ],
  ])('%s', (_, actor, changes, code) => {
    expect(codeOf(judge(actor, changes))).toBe(code)
  })

  test('has only scopes that its maker holds over the whole account', () => {
    const directory = directoryOf({ blueprint: smallBlueprint, accounts: new Map([[acme, facts]]) })
    const scoped = (actor: Actor, ...forms: string[]) =>
      judgeKeyScopes(directory, { actor, account: acme, at }, permits(...forms))

    expect(scoped(by('ed'), 'ticket.view')).toEqual({ ok: true, value: permits('ticket.view') })
    expect(scoped(by('ed'), 'vault.open')).toEqual({
      ok: false,
      refusal: { code: 'key_beyond_own_access', beyond: [{ permissions: ['vault.open'] }] },
    })
    expect(scoped(by('rhea'), 'ticket.view').ok).toBe(false)
    expect(scoped(key(['ticket.view'], 'ed'), 'ticket.edit').ok).toBe(false)
    expect(scoped(operator, 'vault.open').ok).toBe(true)
  })
})

test('an account that is not at hand cannot be judged', () => {
  const directory = directoryOf({ blueprint: smallBlueprint, accounts: new Map() })
  const request = { actor: by('ed'), account: acme, changes: [], at }

  expect(() => judgeChanges(directory, request)).toThrow('The account acme is not at hand')
  expect(() => beyondOf(directory, request, person('vic').id)).toThrow('The account acme is not at hand')
})

describe('judging a grant', () => {
  test('looks at whom it concerns, however many others there are', () => {
    const crowd = Array.from({ length: 1_000 }, (_, i) => member(`user-${i}`))
    const index = AccountIndex.of(smallBlueprint, { ...facts, members: [...facts.members, ...crowd] })
    let looks = 0
    const members = new Proxy(index.rows.members, {
      get: (target, key) => {
        looks += 1
        const value: unknown = Reflect.get(target, key)
        return value
      },
    })
    const watched = new AccountIndex({ ...index.rows, members })
    const directory = {
      blueprint: smallBlueprint,
      account: (id: AccountId) => (id === acme ? watched : undefined),
    }
    const changes = [granted(person('user-7'), 'reader')]

    expect(judgeChanges(directory, { actor: by('ed'), account: acme, changes, at }).ok).toBe(true)
    expect(looks).toBeGreaterThan(0)
    expect(looks).toBeLessThan(20)
  })
})
