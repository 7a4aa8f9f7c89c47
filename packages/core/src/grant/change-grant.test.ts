import { describe, expect, test } from 'vitest'
import type { AccountId, GrantId, OrganizationId, RoleId, UserId } from '../id.ts'
import { bindRole } from './bind-role.ts'
import { createGrant, editGrant, setDefaultRole } from './change-grant.ts'
import type { Grant } from './grant.ts'

const now = 1_000
const dana = { kind: 'user', id: 'usr_dana' as UserId } as const
const viewer = 'viewer' as RoleId
const editor = 'editor' as RoleId
const rome = 'org_rome' as OrganizationId
const grant: Grant = { id: 'grt_1' as GrantId, subject: dana, role: viewer, organization: rome }

describe('granting a role', () => {
  test.each([
    ['nothing is held yet', []],
    ['another role is held there', [{ ...grant, role: editor }]],
    ['the role is held elsewhere', [{ ...grant, organization: undefined }]],
    ['the role was held before', [{ ...grant, endsAt: now }]],
    ['the role will be held afterwards', [{ ...grant, startsAt: 2_000 }]],
  ])('is done when %s', (_, held) => {
    const wanted = { ...grant, id: 'grt_2' as GrantId, startsAt: now, endsAt: 2_000 }

    expect(createGrant(wanted, { held, now })).toEqual({
      ok: true,
      value: [{ kind: 'grant_set', grant: wanted }],
    })
  })

  test.each([
    ['it is held at the time already', { id: 'grt_2' as GrantId }, { code: 'grant_exists', grant: 'grt_1' }],
    ['its end has come', { endsAt: now }, { code: 'grant_never_current' }],
    ['it ends when it starts', { startsAt: 2_000, endsAt: 2_000 }, { code: 'grant_never_current' }],
  ])('is refused when %s', (_, change, refusal) => {
    expect(createGrant({ ...grant, ...change }, { held: [grant], now })).toEqual({ ok: false, refusal })
  })
})

describe('changing a grant', () => {
  const bounded = { ...grant, startsAt: 500, endsAt: 2_000 }

  test.each([
    ['moves its end', { endsAt: 3_000 }, { endsAt: 3_000, startsAt: 500, role: viewer }],
    ['moves its start', { startsAt: 900 }, { endsAt: 2_000, startsAt: 900, role: viewer }],
    ['takes its start away', { startsAt: null }, { endsAt: 2_000, startsAt: undefined, role: viewer }],
    ['takes its end away', { endsAt: null }, { endsAt: undefined, startsAt: 500, role: viewer }],
    [
      'changes its role and keeps its bounds',
      { role: editor },
      { endsAt: 2_000, startsAt: 500, role: editor },
    ],
  ])('%s', (_, edit, after) => {
    expect(editGrant(bounded, edit, now)).toEqual({
      ok: true,
      value: [{ kind: 'grant_set', grant: { ...grant, ...after } }],
    })
  })

  test('is refused when nothing would be left of it', () => {
    expect(editGrant(bounded, { endsAt: now }, now)).toEqual({
      ok: false,
      refusal: { code: 'grant_never_current' },
    })
  })
})

describe('the default role', () => {
  const whole = (id: string, role = viewer): Grant => ({ id: id as GrantId, subject: dana, role })
  const context = { held: [grant, whole('grt_2'), whole('grt_3', editor)], grantId: 'grt_9' as GrantId, now }

  test('replaces every role over the account and leaves those over organizations', () => {
    expect(setDefaultRole(dana, { id: editor }, context)).toMatchObject({
      ok: true,
      value: [
        { kind: 'grant_set', grant: { id: 'grt_2', role: editor, subject: dana } },
        { kind: 'grant_removed', id: 'grt_3' },
      ],
    })
  })

  test('is new where there was none', () => {
    expect(setDefaultRole(dana, { id: editor, endsAt: 2_000 }, { ...context, held: [grant] })).toMatchObject({
      value: [{ kind: 'grant_set', grant: { id: 'grt_9', role: editor, endsAt: 2_000 } }],
    })
  })

  test('can be no access', () => {
    expect(setDefaultRole(dana, undefined, context)).toEqual({
      ok: true,
      value: [
        { kind: 'grant_removed', id: 'grt_2' },
        { kind: 'grant_removed', id: 'grt_3' },
      ],
    })
  })

  test('is refused when it would never count', () => {
    expect(setDefaultRole(dana, { id: editor, endsAt: now }, context)).toEqual({
      ok: false,
      refusal: { code: 'grant_never_current' },
    })
  })
})

describe('binding a role to somebody who has a login', () => {
  const acme = 'acc_acme' as AccountId
  const context = { account: acme, held: [], now }
  const member = { user: dana.id, kind: 'external', status: 'active', home: 'acc_b' as AccountId } as const
  const { subject: _, ...wanted } = grant

  test('makes them an external user, and the role is theirs at once', () => {
    expect(bindRole({ user: dana.id, home: member.home, member: undefined }, wanted, context)).toEqual({
      ok: true,
      value: [
        { kind: 'member_set', member },
        { kind: 'grant_set', grant },
      ],
    })
  })

  test('makes them a home member again whose home the account is', () => {
    expect(bindRole({ user: dana.id, home: acme, member: undefined }, wanted, context)).toMatchObject({
      value: [
        { kind: 'member_set', member: { kind: 'home', status: 'active', home: acme } },
        { kind: 'grant_set' },
      ],
    })
  })

  test('only adds the role where they are a member', () => {
    expect(bindRole({ user: dana.id, home: member.home, member }, wanted, context)).toEqual({
      ok: true,
      value: [{ kind: 'grant_set', grant }],
    })
  })

  test('is refused for somebody who is suspended', () => {
    const suspended = { ...member, status: 'suspended' } as const

    expect(bindRole({ user: dana.id, home: member.home, member: suspended }, wanted, context)).toEqual({
      ok: false,
      refusal: { code: 'member_suspended' },
    })
  })
})
