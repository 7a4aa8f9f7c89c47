import type { AccountFacts, AccountId, Blueprint, Facts, Question, RoleId, Subject } from '@keyholder/core'
import { setOfForms } from './held-forms.ts'
import type {
  World,
  WorldAccount,
  WorldGroupMember,
  WorldQuestion,
  WorldRole,
  WorldSubject,
} from './world.ts'
import { worldIds } from './world-ids.ts'

/** Everything that decides access in a world, as the core reads it. Ids are those of `worldIds`. */
export function factsOfWorld(world: World): Facts {
  const homes = new Map(
    world.accounts.flatMap(({ slug, users }) => users.map(({ key }) => [key, slug] as const)),
  )
  return {
    blueprint: world.blueprint,
    accounts: new Map<AccountId, AccountFacts>(
      world.accounts.map((account) => [
        worldIds.account(account.slug),
        accountFacts(world.blueprint, account, homes),
      ]),
    ),
  }
}

/** A question of a world as the core takes it, asked at the world's own moment where it has one. */
export function questionOfWorld(world: World, question: WorldQuestion, now: number): Question {
  const { who, may, account, organization, owner } = question
  return {
    user: worldIds.user(who),
    permission: may,
    account: worldIds.account(account),
    ...(organization !== undefined && { organization: worldIds.organization(account, organization) }),
    ...(owner !== undefined && { owner: worldIds.user(owner) }),
    at: world.now ?? now,
  }
}

function accountFacts(
  blueprint: Blueprint,
  account: WorldAccount,
  homes: ReadonlyMap<string, string>,
): AccountFacts {
  const { slug } = account
  return {
    id: worldIds.account(slug),
    status: account.status,
    revision: 1,
    organizations: account.organizations.map(({ key }) => worldIds.organization(slug, key)),
    roles: account.roles.map((role) => customRole(blueprint, slug, role)),
    members: membersOf(account, homes),
    groups: account.groups.map(({ key, name, kind, members }) => ({
      id: worldIds.group(slug, key),
      key,
      name,
      kind,
      members: members.map((member) => memberId(slug, member)),
    })),
    grants: account.grants.map(({ to, role, on, startsAt, endsAt }, index) => ({
      id: worldIds.grant(slug, index + 1),
      subject: subjectId(slug, to),
      ...(role !== undefined && { role: roleId(account, role) }),
      ...(on !== undefined && { organization: worldIds.organization(slug, on) }),
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
    })),
    connections: account.connections.map(({ guest, maximum, delegates, status, startsAt, endsAt }) => ({
      id: worldIds.connection(slug, guest),
      host: worldIds.account(slug),
      guest: worldIds.account(guest),
      maximum: roleId(account, maximum),
      delegates: delegates === 'everyone' ? delegates : worldIds.group(guest, delegates.group),
      status,
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
    })),
  }
}

function customRole(
  blueprint: Blueprint,
  slug: string,
  { key, name, permissions, organizations }: WorldRole,
) {
  return {
    id: worldIds.customRole(slug, key),
    key,
    name,
    permissions: setOfForms(blueprint, permissions),
    ...(organizations && { organizations: organizations.map((one) => worldIds.organization(slug, one)) }),
  }
}

function membersOf(
  { slug, users, external }: WorldAccount,
  homes: ReadonlyMap<string, string>,
): AccountFacts['members'] {
  return [
    ...users.map(({ key, status }) => ({
      user: worldIds.user(key),
      kind: 'home' as const,
      status,
      home: worldIds.account(slug),
    })),
    ...external.map(({ user, status }) => ({
      user: worldIds.user(user),
      kind: 'external' as const,
      status,
      home: worldIds.account(homes.get(user) ?? ''),
    })),
  ]
}

function subjectId(slug: string, subject: WorldSubject): Subject {
  if (subject.kind === 'group') return { kind: 'group', id: worldIds.group(slug, subject.key) }
  return memberId(slug, subject)
}

function memberId(slug: string, member: WorldGroupMember): Exclude<Subject, { kind: 'group' }> {
  if (member.kind === 'user') return { kind: 'user', id: worldIds.user(member.key) }
  return { kind: 'connection', id: worldIds.connection(slug, member.guest) }
}

function roleId({ slug, roles }: WorldAccount, key: string): RoleId {
  return roles.some((role) => role.key === key) ? worldIds.customRole(slug, key) : (key as RoleId)
}
