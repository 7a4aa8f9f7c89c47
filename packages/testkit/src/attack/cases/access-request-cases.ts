import type { AttackCases } from './attack-case.ts'

/** What people ask for, and what is answered. */
export const accessRequestCases: AttackCases = {
  'access_request.approve': {
    requests: ({ others }) => [{ body: { role: others.role, organization: others.organization } }],
  },
  'access_request.withdraw': { requests: () => [{ as: 'external' }] },
}
