import type { AttackCases } from './attack-case.ts'

const filters = {
  'query:actor': 'user',
  'query:target': 'role',
  'query:connection': 'connection',
  'query:with_account': 'account',
  'query:support_access': 'support_access',
} as const

/** Accounts and what belongs to them as a whole: organizations, sites, roles, keys, licence, log. */
export const accountCases: AttackCases = {
  'account.set_status': { requests: () => [{ body: { status: 'suspended' } }] },
  'role.update': {
    requests: ({ others, names }) => [
      { params: { role: others.role }, body: { name: 'Fresh', organizations: [names.organization[0]] } },
    ],
  },
  'role.delete': {
    requests: ({ others, names }) => [
      { params: { role: others.role }, query: { replacement: names.role[0] } },
    ],
  },
  'entity.update': { requests: () => [{ body: { legal_name: 'Fresh' } }] },
  'event.list': {
    requests: ({ names }) => [
      { query: { support_access: names.support_access[0] } },
      { query: { actor: names.user[0], target: names.role[0], connection: names.connection[0] } },
      { query: { with_account: names.account[0], organization: names.organization[0] } },
    ],
    also: filters,
  },
  'event.export': {
    requests: ({ names }) => [
      { query: { support_access: names.support_access[0] } },
      { query: { actor: names.user[0], target: names.role[0], connection: names.connection[0] } },
      { query: { with_account: names.account[0], organization: names.organization[0] } },
    ],
    also: filters,
  },
  'event.verify': { reads: true },
}
