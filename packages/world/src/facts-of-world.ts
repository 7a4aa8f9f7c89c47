import { setOfForms } from '@keyholder/core'
import type {
  AccountFacts,
  AccountId,
  Blueprint,
  Facts,
  PermissionSet,
  Question,
  RoleId,
  Subject,
} from '@keyholder/core'
import type {
  World,
  WorldAccount,
  WorldGroupMember,
  WorldQuestion,
  WorldRole,
  WorldSubject,
} from './world.ts'
import { worldIds, type WorldIds } from './world-ids.ts'

/** Everything that decides access in a world, as the core reads it. */
export function factsOfWorld(world: World, ids: WorldIds = worldIds): Facts {
  const homes = new Map(
    world.accounts.flatMap(({ slug, users }) => users.map(({ key }) => [key, slug] as const)),
  )
  return {
    blueprint: world.blueprint,
    accounts: new Map<AccountId, AccountFacts>(
      world.accounts.map((account) => [
        ids.account(account.slug),
        accountFacts(world.blueprint, account, homes, ids),
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
  ids: WorldIds,
): AccountFacts {
  const { slug } = account
  return {
    id: ids.account(slug),
    status: account.status,
    revision: 1,
    organizations: account.organizations.map(({ key }) => ids.organization(slug, key)),
    roles: account.roles.map((role) => customRole(blueprint, slug, role, ids)),
    members: membersOf(account, homes, ids),
    groups: account.groups.map(({ key, name, kind, members }) => ({
      id: ids.group(slug, key),
      key,
      name,
      kind,
      members: members.map((member) => memberId(slug, member, ids)),
    })),
    grants: account.grants.map(({ to, role, on, startsAt, endsAt }, index) => ({
      id: ids.grant(slug, index + 1),
      subject: subjectId(slug, to, ids),
      ...(role !== undefined && { role: roleId(account, role, ids) }),
      ...(on !== undefined && { organization: ids.organization(slug, on) }),
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
    })),
    connections: account.connections.map(({ guest, maximum, delegates, status, startsAt, endsAt }) => ({
      id: ids.connection(slug, guest),
      host: ids.account(slug),
      guest: ids.account(guest),
      maximum: roleId(account, maximum, ids),
      delegates: delegates === 'everyone' ? delegates : ids.group(guest, delegates.group),
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
  ids: WorldIds,
) {
  return {
    id: ids.customRole(slug, key),
    key,
    name,
    permissions: permissionSet(blueprint, permissions),
    ...(organizations && { organizations: organizations.map((one) => ids.organization(slug, one)) }),
  }
}

function membersOf(
  { slug, users, external }: WorldAccount,
  homes: ReadonlyMap<string, string>,
  ids: WorldIds,
): AccountFacts['members'] {
  return [
    ...users.map(({ key, status }) => ({
      user: ids.user(key),
      kind: 'home' as const,
      status,
      home: ids.account(slug),
    })),
    ...external.map(({ user, status }) => ({
      user: ids.user(user),
      kind: 'external' as const,
      status,
      home: ids.account(homes.get(user) ?? ''),
    })),
  ]
}

function subjectId(slug: string, subject: WorldSubject, ids: WorldIds): Subject {
  if (subject.kind === 'group') return { kind: 'group', id: ids.group(slug, subject.key) }
  return memberId(slug, subject, ids)
}

function memberId(
  slug: string,
  member: WorldGroupMember,
  ids: WorldIds,
): Exclude<Subject, { kind: 'group' }> {
  if (member.kind === 'user') return { kind: 'user', id: ids.user(member.key) }
  return { kind: 'connection', id: ids.connection(slug, member.guest) }
}

function roleId({ slug, roles }: WorldAccount, key: string, ids: WorldIds): RoleId {
  return roles.some((role) => role.key === key) ? ids.customRole(slug, key) : (key as RoleId)
}

function permissionSet(blueprint: Blueprint, forms: readonly string[]): PermissionSet {
  const set = setOfForms(forms, blueprint)
  if (!set.ok)
    throw new Error(`a world holds permissions that its blueprint lacks: ${set.refusal.forms.join(', ')}`)
  return set.value
}
