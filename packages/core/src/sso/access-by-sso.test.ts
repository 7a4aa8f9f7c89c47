import { describe, expect, test } from 'vitest'
import type { AccountIndex } from '../access/account-index.ts'
import { directoryOf } from '../access/directory-of.ts'
import { judgeChanges } from '../access/judge-changes.ts'
import type { AccountId, GrantId, GroupId, KeyId, RoleId, UserId } from '../id.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import { accessBySso } from './access-by-sso.ts'
import { judgeSso } from './judge-sso.ts'

const acme = 'acme' as AccountId
const facts = worldOf(smallBlueprint, {
  acme: {
    organizations: ['rome'],
    roles: {
      local: { permissions: ['ticket.view'], organizations: ['rome'] },
      federator: { permissions: ['account.manage_sso', 'ticket.view'] },
    },
    users: ['ann', 'sue', 'fay'],
    groups: { field: ['ann'] },
    ssoGroups: { ops: ['ann'], dev: [], all: ['ann'] },
    grants: [
      { to: 'sue', role: 'superuser' },
      { to: 'fay', role: 'federator' },
      { to: 'group:ops', role: 'superuser' },
      { to: 'group:dev', role: 'reader', on: 'rome' },
      { to: 'group:all', role: 'local', on: 'rome' },
    ],
  },
})
const directory = directoryOf(facts)
const index = directory.account(acme) as AccountIndex
const ann = 'ann' as UserId
const newcomer = (defaultRole?: string) => ({
  user: 'ned' as UserId,
  first: { defaultRole: defaultRole as RoleId | undefined, grant: 'acme-new' as GrantId },
})
const groups = (...names: string[]) => names as GroupId[]

/** The groups that somebody is in, after coming by single sign-on. */
function groupsAfter(who: Parameters<typeof accessBySso>[1], wanted: readonly GroupId[]) {
  const changes = accessBySso(index, who, wanted)
  const judged = judgeChanges(directory, {
    actor: { kind: 'operator', key: 'key' as KeyId },
    account: acme,
    changes,
    at: 0,
  })
  if (!judged.ok) throw new Error(judged.refusal.code)
  return judged.value.after.groupsOf({ kind: 'user', id: who.user }).toSorted()
}

describe('somebody who comes by single sign-on', () => {
  test.each([
    { why: 'the same groups as before', wanted: groups('ops', 'all'), after: ['all', 'field', 'ops'] },
    { why: 'another group', wanted: groups('dev'), after: ['dev', 'field'] },
    { why: 'no group', wanted: groups(), after: ['field'] },
    { why: 'a group that is filled by hand', wanted: groups('field'), after: ['field'] },
    { why: 'a group that was deleted', wanted: groups('gone'), after: ['field'] },
  ])('is in the provider’s groups and no other, where it says $why', ({ wanted, after }) => {
    expect(groupsAfter({ user: ann }, wanted)).toEqual(after)
  })

  test('changes nothing where nothing is different', () => {
    expect(accessBySso(index, { user: ann }, groups('ops', 'all'))).toEqual([])
  })

  test('for the first time becomes a user, with the default role and their groups', () => {
    expect(accessBySso(index, newcomer('reader'), groups('dev'))).toEqual([
      { kind: 'member_set', member: { user: 'ned', kind: 'home', status: 'active', home: 'acme' } },
      { kind: 'grant_set', grant: { id: 'acme-new', subject: { kind: 'user', id: 'ned' }, role: 'reader' } },
      { kind: 'group_member_added', group: 'dev', member: { kind: 'user', id: 'ned' } },
    ])
    expect(groupsAfter(newcomer('reader'), groups('dev'))).toEqual(['dev'])
  })

  test.each([undefined, 'gone', 'local'])('gets nothing by the default role %s', (role) => {
    expect(accessBySso(index, newcomer(role), []).map(({ kind }) => kind)).toEqual(['member_set'])
  })
})

describe('whoever may manage single sign-on', () => {
  const judge = (user: string, stake: Parameters<typeof judgeSso>[2]) => {
    const judged = judgeSso(
      directory,
      { actor: { kind: 'person', user: user as UserId }, account: acme, at: 0 },
      stake,
    )
    return judged.ok ? 'may' : judged.refusal.code
  }

  test.each([
    { what: 'choose the provider', stake: { provider: true } },
    { what: 'make newcomers superusers', stake: { roles: ['superuser' as RoleId] } },
    { what: 'take such a default away', stake: { roles: ['superuser' as RoleId, undefined] } },
    { what: 'fill a group that carries more than they hold', stake: { groups: groups('all', 'ops') } },
  ])('may not $what, without holding all of that', ({ stake }) => {
    expect(judge('fay', stake)).toBe('sso_beyond_own_access')
    expect(judge('sue', stake)).toBe('may')
  })

  test.each([
    { what: 'let newcomers have nothing', stake: { roles: [undefined] } },
    { what: 'let newcomers have what they have', stake: { roles: ['federator' as RoleId] } },
    { what: 'fill a group that carries no more than they hold', stake: { groups: groups('all') } },
  ])('may $what', ({ stake }) => {
    expect(judge('fay', stake)).toBe('may')
  })
})
