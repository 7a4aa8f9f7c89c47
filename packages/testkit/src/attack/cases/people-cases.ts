import type { AttackCases } from './attack-case.ts'

/** Members, groups, grants and what is done to many of them at once. */
export const peopleCases: AttackCases = {
  'member.create': {
    requests: ({ slug, names: { role, organization, group } }) => [
      {
        body: {
          email: `one@${slug}.example`,
          default_role: { role: role[0] },
          grants: [{ role: role[0], organization: organization[0] }],
          groups: [group[0]],
        },
      },
      {
        events: 2, // the person, and the role that is made for them
        body: {
          email: `two@${slug}.example`,
          single_organization: { organization: organization[0], permissions: ['asset.view'] },
        },
      },
    ],
  },
  'member.update': { requests: ({ others }) => [{ body: { default_role: { role: others.role } } }] },
  'member.set_status': { requests: () => [{ body: { status: 'suspended' } }] },
  'member.convert': { requests: ({ bound }) => [{ params: { user: bound } }] },
  'member.change_many': {
    requests: ({ bound, names: { user, role, organization, group }, others }) => [
      {
        body: { users: [user[0]], action: { kind: 'set_default_role', default_role: { role: others.role } } },
      },
      { body: { users: [bound], action: { kind: 'grant', role: role[0], organization: organization[0] } } },
      { body: { users: [bound], action: { kind: 'add_to_group', group: group[0] } } },
    ],
  },
  // The sessions are the superuser's, who may look after their own.
  'member.list_sessions': { requests: ({ superuser }) => [{ params: { user: superuser } }] },
  'member.end_session': { requests: ({ superuser }) => [{ params: { user: superuser } }] },
  'member.end_sessions': {
    requests: ({ superuser }) => [{ params: { user: superuser }, events: 2 }],
  },
  'member.leave': { requests: () => [{ as: 'external' }] },
  'group.add_members': {
    // The users stand in the account's log alone, and each connection in its guest's too.
    requests: ({ bound, names }) => [
      { body: { users: [bound], connections: [names.connection[0]] }, events: 2 },
    ],
  },
  'grant.list': {
    requests: ({ names: { user, group, connection, role, organization } }) => [
      { query: { user: user[0], role: role[0], organization: organization[0] } },
      { query: { group: group[0] } },
      { query: { connection: connection[0] } },
    ],
  },
  'grant.create': {
    requests: ({ names, others: { role, organization } }) => [
      { body: { user: names.user[0], role, organization } },
      { body: { group: names.group[0], role } },
      { body: { connection: names.connection[0], organization } },
    ],
  },
  'grant.update': { requests: ({ others }) => [{ body: { role: others.role } }] },
  'role_binding.create': {
    requests: ({ slug, names, others }) => [
      {
        body: {
          email: `${slug}-ulf@${slug}.example`,
          role: others.role,
          organization: names.organization[0],
        },
      },
    ],
  },
}
