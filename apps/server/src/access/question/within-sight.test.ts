import type { AccountId, Explanation, GrantId, OrganizationId, RoleId, UserId } from '@keyholder/core'
import { expect, test } from 'vitest'
import { withinSight } from './within-sight.ts'

const acme = 'acc_acme' as AccountId
const rome = 'org_rome' as OrganizationId
const oslo = 'org_oslo' as OrganizationId

test('of the organizations that a role is bound to, only those are named that the asker sees', () => {
  const explanation: Explanation = {
    allowed: false,
    because: [],
    limits: [],
    nearMisses: [
      {
        path: {
          user: 'usr_gus' as UserId,
          account: acme,
          grant: {
            id: 'grt_1' as GrantId,
            role: { id: 'rol_1' as RoleId, name: 'Keeper' },
            organization: rome,
          },
          permission: 'ticket.view',
        },
        obstacles: [{ code: 'role_bound_elsewhere', organizations: [oslo, rome] }],
      },
    ],
    smallestChange: undefined,
    revision: 1,
    unknown: undefined,
  }
  const seen = withinSight(explanation, { account: acme, sees: (place) => place === rome })

  expect(seen.nearMisses).toMatchObject([
    { obstacles: [{ code: 'role_bound_elsewhere', organizations: [rome] }] },
  ])
})
