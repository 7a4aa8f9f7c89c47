import { describe, expect, test } from 'vitest'
import type { Grant } from '../grant/grant.ts'
import type { AccountId, GrantId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { Member } from '../user/member.ts'
import { countSeats, seatOf, seats } from './seats.ts'

const at = 1_000
const dana: Member = {
  user: 'usr_dana' as UserId,
  kind: 'home',
  status: 'active',
  home: 'acc_acme' as AccountId,
}
const subject = { kind: 'user', id: dana.user } as const
const bound = 'rol_pineapple' as RoleId
const isBound = (role: RoleId) => role === bound

const whole: Grant = { id: 'grt_1' as GrantId, subject, role: 'viewer' as RoleId }
const inRome: Grant = { ...whole, organization: 'org_rome' as OrganizationId }
const pineapple: Grant = { ...inRome, role: bound }

describe('a seat', () => {
  test.each([
    ['a user with a default role', dana, [whole], 'member', true],
    ['a user with roles in organizations only', dana, [inRome, pineapple], 'restricted', true],
    ['a user without any role', dana, [], 'restricted', true],
    ['a user whose default role has ended', dana, [{ ...whole, endsAt: at }], 'restricted', true],
    ['a user for one customer only', dana, [pineapple], 'single_customer', true],
    ['an external user', { ...dana, kind: 'external' }, [whole], 'external', false],
    ['a suspended user', { ...dana, status: 'suspended' }, [whole], 'suspended', false],
  ] as const)('of %s', (_, member, grants, reason, billed) => {
    const facts = { grantsReaching: () => grants, isBound }

    expect(seatOf(member, facts, at)).toEqual({ user: dana.user, reason, billed })
  })
})

test('the seats of an account are counted by their reasons', () => {
  const erik: Member = { ...dana, user: 'usr_erik' as UserId, kind: 'external' }
  const pia: Member = { ...dana, user: 'usr_pia' as UserId }
  const grantsReaching = (user: UserId) => (user === pia.user ? [pineapple] : [whole])

  expect(countSeats(seats({ members: [dana, erik, pia], grantsReaching, isBound }, at))).toEqual({
    billed: 2,
    byReason: { member: 1, restricted: 0, single_customer: 1, external: 1, suspended: 0 },
  })
})
