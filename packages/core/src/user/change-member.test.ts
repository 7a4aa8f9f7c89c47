import { describe, expect, test } from 'vitest'
import type { AccountId, GrantId, RoleId, UserId } from '../id.ts'
import {
  leaveAccount,
  promoteToSuperuser,
  reactivateMember,
  removeMember,
  suspendMember,
} from './change-member.ts'
import type { Member } from './member.ts'

const dana: Member = {
  user: 'usr_dana' as UserId,
  kind: 'home',
  status: 'active',
  home: 'acc_acme' as AccountId,
}
const erik: Member = { ...dana, kind: 'external', home: 'acc_b' as AccountId }
const suspended: Member = { ...dana, status: 'suspended' }

describe('a member', () => {
  test('is suspended and brought back', () => {
    expect(suspendMember(dana)).toEqual({ ok: true, value: [{ kind: 'member_set', member: suspended }] })
    expect(reactivateMember(suspended)).toEqual({ ok: true, value: [{ kind: 'member_set', member: dana }] })
  })

  test('is not suspended twice, nor brought back twice', () => {
    expect(suspendMember(suspended)).toEqual({
      ok: false,
      refusal: { code: 'member_state', status: 'suspended' },
    })
    expect(reactivateMember(dana)).toEqual({ ok: false, refusal: { code: 'member_state', status: 'active' } })
  })

  test('is removed with one change', () => {
    expect(removeMember(dana)).toEqual([{ kind: 'member_removed', user: dana.user }])
  })

  test('may leave where they are external, and not at home', () => {
    expect(leaveAccount(erik)).toEqual({ ok: true, value: [{ kind: 'member_removed', user: erik.user }] })
    expect(leaveAccount(dana)).toEqual({ ok: false, refusal: { code: 'member_at_home' } })
  })
})

describe('promoting to superuser', () => {
  const subject = { kind: 'user', id: dana.user } as const
  const held = [{ id: 'grt_1' as GrantId, subject, role: 'viewer' as RoleId, endsAt: 9_000 }]
  const context = { held, grantId: 'grt_9' as GrantId, now: 1_000 }

  test('takes the place of the default role, without an end', () => {
    expect(promoteToSuperuser(dana, context)).toEqual({
      ok: true,
      value: [{ kind: 'grant_set', grant: { id: 'grt_1', subject, role: 'superuser' } }],
    })
  })

  test('makes a superuser for a time one for good', () => {
    const forATime = [{ id: 'grt_1' as GrantId, subject, role: 'superuser' as RoleId, endsAt: 9_000 }]

    expect(promoteToSuperuser(dana, { ...context, held: forATime })).toMatchObject({ ok: true })
  })

  test.each([
    ['an external user', erik, context, 'member_external'],
    ['somebody who is suspended', suspended, context, 'member_suspended'],
    [
      'a superuser',
      dana,
      { ...context, held: [{ id: 'grt_1' as GrantId, subject, role: 'superuser' as RoleId }] },
      'member_superuser',
    ],
  ] as const)('is refused for %s', (_, member, given, code) => {
    expect(promoteToSuperuser(member, given)).toEqual({ ok: false, refusal: { code } })
  })
})
