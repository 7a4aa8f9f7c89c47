import { superusersFirst, type WorldAccount, type WorldGrant, type WorldSubject } from '@keyholder/world'

/** An account with everything in the order of its keys, so that two files of the same state are the same. */
export function inOrder(account: WorldAccount): WorldAccount {
  const users = account.users.toSorted(by(({ key }) => key))
  return {
    ...account,
    users,
    organizations: account.organizations.toSorted(by(({ key }) => key)),
    roles: account.roles
      .map((role) => (role.organizations ? { ...role, organizations: role.organizations.toSorted() } : role))
      .toSorted(by(({ key }) => key)),
    external: account.external.toSorted(by(({ user }) => user)),
    groups: account.groups
      .map((group) => ({ ...group, members: group.members.toSorted(by(subjectText)) }))
      .toSorted(by(({ key }) => key)),
    grants: superusersFirst(users, account.grants.toSorted(by(grantText))),
    connections: account.connections.toSorted(by(({ guest }) => guest)),
  }
}

function by<Thing>(textOf: (thing: Thing) => string): (a: Thing, b: Thing) => number {
  return (a, b) => {
    const [one, other] = [textOf(a), textOf(b)]
    return one < other ? -1 : one > other ? 1 : 0
  }
}

function subjectText(subject: WorldSubject): string {
  return `${subject.kind}:${subject.kind === 'connection' ? subject.guest : subject.key}`
}

function grantText({ to, role = '', on = '', startsAt = 0, endsAt = 0 }: WorldGrant): string {
  return [subjectText(to), on, role, startsAt, endsAt].join('\u0000')
}
