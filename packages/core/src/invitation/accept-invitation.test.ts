import { describe, expect, test } from 'vitest'
import type { GrantId, RoleId } from '../id.ts'
import type { Email } from '../user/email.ts'
import type { Member } from '../user/member.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { declineInvitation } from './decline-invitation.ts'
import { acme, bob, day, invitation, nightowl, noon, rome } from './invitation.fixture.ts'

const context = { member: undefined, held: [], grantIds: ['grt_1', 'grt_2'] as GrantId[], now: noon }
const subject = { kind: 'user', id: 'usr_bob' }

describe('accepting an invitation', () => {
  test('makes the person a user with the groups and roles that were offered', () => {
    expect(acceptInvitation(invitation(), bob(), context)).toMatchObject({
      ok: true,
      value: {
        invitation: { settled: { state: 'accepted', at: noon, by: 'usr_bob' } },
        changes: [
          { kind: 'member_set', member: { user: 'usr_bob', kind: 'home', status: 'active', home: acme } },
          { kind: 'group_member_added', group: 'grp_field', member: subject },
          { kind: 'grant_set', grant: { id: 'grt_1', subject, role: 'viewer' } },
          {
            kind: 'grant_set',
            grant: { id: 'grt_2', subject, role: 'editor', organization: rome, endsAt: noon + day },
          },
        ],
      },
    })
  })

  test('makes somebody whose home is elsewhere an external user, whatever the inviter took them for', () => {
    expect(acceptInvitation(invitation({ kind: 'home' }), bob({ home: nightowl }), context)).toMatchObject({
      ok: true,
      value: { changes: [{ member: { kind: 'external', home: nightowl } }, {}, {}, {}] },
    })
  })

  test('leaves the membership of somebody who became a member meanwhile as it is', () => {
    const member: Member = { user: bob().user, kind: 'home', status: 'active', home: acme }
    const accepted = acceptInvitation(invitation(), bob(), { ...context, member })

    expect(accepted.ok && accepted.value.changes.map(({ kind }) => kind)).toEqual([
      'group_member_added',
      'grant_set',
      'grant_set',
    ])
  })

  test('leaves out what has ended meanwhile', () => {
    const accepted = acceptInvitation(invitation(), bob(), { ...context, now: noon + day })

    expect(accepted.ok && accepted.value.changes.filter(({ kind }) => kind === 'grant_set')).toHaveLength(1)
  })

  test.each([
    { what: 'has the same from elsewhere', has: { endsAt: noon + day }, gets: ['grt_1'] },
    { what: 'has the same for longer', has: { startsAt: noon - day }, gets: ['grt_1'] },
    { what: 'has the same for less long', has: { endsAt: noon + day - 1 }, gets: ['grt_1', 'grt_2'] },
    { what: 'will have the same only later', has: { startsAt: noon + 1 }, gets: ['grt_1', 'grt_2'] },
    { what: 'had the same before', has: { endsAt: noon }, gets: ['grt_1', 'grt_2'] },
    { what: 'has another role there', has: { role: 'viewer' as RoleId }, gets: ['grt_1', 'grt_2'] },
    { what: 'has the same role everywhere', has: { organization: undefined }, gets: ['grt_1', 'grt_2'] },
  ])('gives no grant twice: somebody $what', ({ has, gets }) => {
    const grant = { id: 'grt_held' as GrantId, subject: { kind: 'user', id: bob().user } as const }
    const held = [{ ...grant, role: 'editor' as RoleId, organization: rome, ...has }]
    const accepted = acceptInvitation(invitation(), bob(), { ...context, held })

    const given = accepted.ok ? accepted.value.changes : []
    expect(given.flatMap((change) => (change.kind === 'grant_set' ? [change.grant.id] : []))).toEqual(gets)
  })

  test('does not bring back somebody who was suspended', () => {
    const member: Member = { user: bob().user, kind: 'home', status: 'suspended', home: acme }

    expect(acceptInvitation(invitation(), bob(), { ...context, member })).toEqual({
      ok: false,
      refusal: { code: 'member_suspended' },
    })
  })
})

describe.each([
  { answer: 'accepting', settle: acceptInvitation },
  {
    answer: 'declining',
    settle: (...[given, by, { now }]: Parameters<typeof acceptInvitation>) =>
      declineInvitation(given, by, now),
  },
])('$answer an invitation', ({ settle }) => {
  const revoked = { state: 'revoked', at: noon } as const

  test.each([
    ['it was accepted', { settled: { state: 'accepted', at: noon } }, 'invitation_settled'],
    ['it was declined', { settled: { state: 'declined', at: noon } }, 'invitation_settled'],
    ['it was revoked', { settled: revoked }, 'invitation_settled'],
    ['its moment has come', { expiresAt: noon }, 'invitation_expired'],
  ] as const)('is refused when %s', (_, change, code) => {
    expect(settle(invitation(change), bob(), context)).toMatchObject({ ok: false, refusal: { code } })
  })

  test.each([
    ['another address', { email: 'ann@x.test' as Email }],
    ['a letter that looks alike', { email: 'bоb@x.test' as Email }],
    ['a part after a plus', { email: 'bob+1@x.test' as Email }],
    ['the address not verified', { emailVerified: false }],
  ])('with %s is refused as if it were not there, even when it is settled and expired', (_, change) => {
    for (const given of [invitation(), invitation({ settled: revoked }), invitation({ expiresAt: noon })]) {
      expect(settle(given, bob(change), context)).toEqual({
        ok: false,
        refusal: { code: 'invitation_for_somebody_else' },
      })
    }
  })
})

test('declining an invitation gives nothing', () => {
  expect(declineInvitation(invitation(), bob(), noon)).toEqual({
    ok: true,
    value: invitation({ settled: { state: 'declined', at: noon, by: bob().user } }),
  })
})
