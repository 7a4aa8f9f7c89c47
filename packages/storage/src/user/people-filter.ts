import type { AccountId, GroupId, OrganizationId, RoleId, UserId } from '@keyholder/core'
import { sql, type RawBuilder } from 'kysely'
import { allOf } from '../paging/all-of.ts'
import { folded } from '../text/folded.ts'

/** Which of an account's members; what is left out does not matter. */
export interface PeopleFilter {
  readonly kind?: 'home' | 'external' | undefined
  readonly status?: 'active' | 'suspended' | undefined
  readonly verified?: boolean | undefined
  /** Whether they hold a second factor. */
  readonly hasMfa?: boolean | undefined
  /** Part of the name or of the e-mail address. */
  readonly text?: string | undefined
  /** Any of these as their own role over the whole account, at this moment. */
  readonly roles?: readonly RoleId[] | undefined
  readonly group?: GroupId | undefined
  /** Who has a role in this organization: their own, or through a group, there or over the whole account. */
  readonly organization?: OrganizationId | undefined
  /** Who has a role in any of these, for somebody who may not see the others. */
  readonly among?: readonly OrganizationId[] | undefined
  /** Whether there is no role over the whole account, neither their own nor through a group. */
  readonly restricted?: boolean | undefined
  readonly users?: readonly UserId[] | undefined
  /** Who was seen at or after this moment, in milliseconds since 1970. */
  readonly seenFrom?: number | undefined
  /** Who was not seen at or after this moment. */
  readonly seenBefore?: number | undefined
}

/** The condition over `memberships as m`; time bounds count at the database's now. */
export function peopleCondition(account: AccountId, filter: PeopleFilter): RawBuilder<boolean> {
  const { kind, status, verified, text, roles, group, organization, among, restricted, users } = filter
  return allOf(
    sql`m.account_id = ${account}`,
    kind && sql`m.kind = ${kind}`,
    status && sql`m.status = ${status}`,
    verified !== undefined && sql`m.verified = ${verified}`,
    filter.hasMfa !== undefined && sql`m.has_mfa = ${filter.hasMfa}`,
    text && sql`m.search_text like ${patternOf(text)}`,
    roles && hasDefaultRole(account, roles),
    users && sql`m.user_id = any (${users}::text[])`,
    group &&
      sql`m.user_id in (select user_id from group_members where account_id = ${account} and group_id = ${group})`,
    organization && reaches(account, [organization]),
    among && reaches(account, among),
    restricted !== undefined && (restricted ? sql`not ${isUnrestricted(account)}` : isUnrestricted(account)),
    filter.seenFrom !== undefined && sql`m.last_seen_at >= ${momentOf(filter.seenFrom)}`,
    filter.seenBefore !== undefined &&
      sql`(m.last_seen_at is null or m.last_seen_at < ${momentOf(filter.seenBefore)})`,
  )
}

function patternOf(text: string): string {
  return `%${folded(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

function momentOf(milliseconds: number): RawBuilder<Date> {
  return sql<Date>`to_timestamp(${milliseconds}::double precision / 1000)`
}

const isCurrent = sql`(g.starts_at is null or g.starts_at <= now()) and (g.ends_at is null or g.ends_at > now())`

/** Grants for a time are few, so they are gathered once; the others stand beside the member. */
function hasDefaultRole(account: AccountId, roles: readonly RoleId[]): RawBuilder<boolean> {
  return sql<boolean>`(m.default_roles && ${roles}::text[] or m.default_bounded and m.user_id in (
    select g.user_id from grants g
     where g.account_id = ${account} and g.organization_id is null and g.user_id is not null
       and (g.starts_at is not null or g.ends_at is not null)
       and g.role = any (${roles}::text[]) and ${isCurrent}))`
}

function isUnrestricted(account: AccountId): RawBuilder<boolean> {
  return sql<boolean>`(m.default_roles <> '{}' or m.default_bounded and m.user_id in (
      select g.user_id from grants g
       where g.account_id = ${account} and g.organization_id is null and g.user_id is not null
         and (g.starts_at is not null or g.ends_at is not null) and ${isCurrent})
    or m.user_id in (${throughGroups(account, sql`g.organization_id is null`)}))`
}

function reaches(account: AccountId, organizations: readonly OrganizationId[]): RawBuilder<boolean> {
  const there = sql`g.organization_id = any (${organizations}::text[])`
  return sql<boolean>`(${isUnrestricted(account)} or m.user_id in (
      select g.user_id from grants g
       where g.account_id = ${account} and g.user_id is not null and ${there} and ${isCurrent})
    or m.user_id in (${throughGroups(account, there)}))`
}

function throughGroups(account: AccountId, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select i.user_id from grants g
    join group_members i on i.account_id = g.account_id and i.group_id = g.group_id
   where g.account_id = ${account} and g.group_id is not null and i.user_id is not null and ${where} and ${isCurrent}`
}
