import { describe, expect, test } from 'vitest'
import type { GrantId, RoleId, UserId } from '../id.ts'
import { context, permits, rome } from './roles.fixture.ts'
import { convertToFullUser, restrictToCustomer } from './single-customer.ts'

const user = 'usr_pia' as UserId
const subject = { kind: 'user', id: user } as const
const role = {
  id: 'rol_9' as RoleId,
  key: 'pineapple',
  name: 'Pineapple',
  permissions: permits('ticket.view', 'ticket.edit'),
}
const grantId = 'grt_9' as GrantId

describe('a user for one customer only', () => {
  test('gets a role that is made for that customer at that moment, and bound to it', () => {
    expect(restrictToCustomer({ user, organization: rome, role, grantId, endsAt: 5 }, context)).toMatchObject(
      {
        ok: true,
        value: [
          { kind: 'role_set', role: { ...role, organizations: [rome] } },
          {
            kind: 'grant_set',
            grant: { id: grantId, subject, role: role.id, organization: rome, endsAt: 5 },
          },
        ],
      },
    )
  })

  test('gets no policies, which are over the whole account', () => {
    const request = {
      user,
      organization: rome,
      grantId,
      role: { ...role, permissions: permits('policy.edit') },
    }

    expect(restrictToCustomer(request, context)).toMatchObject({
      refusal: { code: 'role_bound_account_level', permissions: ['policy.edit'] },
    })
  })
})

describe('back to a full user', () => {
  const held = (id: string, ofRole: string) => ({
    id: id as GrantId,
    subject,
    role: ofRole as RoleId,
    organization: rome,
  })
  const full = { grantId, role: 'owner' as RoleId }
  const whole = { kind: 'grant_set', grant: { id: grantId, subject, role: 'owner' } }

  test('is one act: the grant goes, the role that nobody else holds goes, the new role comes', () => {
    expect(convertToFullUser(user, full, { bound: [held('grt_1', 'rol_9')], shared: new Set() })).toEqual([
      { kind: 'grant_removed', id: 'grt_1' },
      { kind: 'role_removed', id: 'rol_9' },
      whole,
    ])
  })

  test('leaves a role alone that somebody else holds, and counts a role once', () => {
    const bound = [held('grt_1', 'rol_8'), held('grt_2', 'rol_9'), held('grt_3', 'rol_9')]

    expect(convertToFullUser(user, full, { bound, shared: new Set(['rol_8' as RoleId]) })).toEqual([
      { kind: 'grant_removed', id: 'grt_1' },
      { kind: 'grant_removed', id: 'grt_2' },
      { kind: 'grant_removed', id: 'grt_3' },
      { kind: 'role_removed', id: 'rol_9' },
      whole,
    ])
  })
})
