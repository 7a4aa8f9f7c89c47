import type { AttackCases } from './attack-case.ts'

/** The operator's staff: who they are, and what they are in. */
export const supportCases: AttackCases = {
  'operator.remove': { requests: ({ superuser }) => [{ params: { user: superuser } }] },
  'support_access.begin': { requests: () => [{ as: 'staff' }] },
  'support_access.list_mine': { requests: () => [{ as: 'staff' }] },
  'support_access.leave': { requests: () => [{ as: 'staff' }] },
}
