import { sql } from 'kysely'
import type { AccountId, OrganizationId, UserId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** Somebody whom a name may mean in an account. */
export interface UserNamed {
  readonly user: UserId
  readonly home: AccountId
  readonly email: string
  readonly externalId: string | null
}

/**
 * Those whom these names mean, by e-mail or external id: members of the account, and people whose home is one of the
 * guests.
 */
export async function usersNamed(
  tx: Tx,
  account: AccountId,
  guests: readonly AccountId[],
  names: readonly string[],
): Promise<readonly UserNamed[]> {
  const homes = [account, ...guests]
  const { rows } = await sql<UserNamed>`
    select u.id as user, u.home_account_id as home, u.email, u.external_id as "externalId"
    from users as u
    where u.email = any(${names})
      and (u.home_account_id = any(${homes})
        or exists (select from memberships as m where m.account_id = ${account} and m.user_id = u.id))
    union
    select u.id, u.home_account_id, u.email, u.external_id
    from users as u
    where u.home_account_id = any(${homes}) and u.external_id = any(${names})
    union
    select u.id, u.home_account_id, u.email, u.external_id
    from memberships as m
    join users as u on u.id = m.user_id
    where m.account_id = ${account} and m.kind = 'external' and u.external_id = any(${names})`.execute(tx)
  return rows
}

/** The accounts with these slugs. */
export async function accountsNamed(
  tx: Tx,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, AccountId>> {
  const rows = await tx
    .selectFrom('accounts')
    .select(['slug', 'id'])
    .where(sql<boolean>`slug = any(${slugs})`)
    .execute()
  return new Map(rows.map(({ slug, id }) => [slug, id]))
}

/** The organizations of an account with these keys. */
export async function organizationsNamed(
  tx: Tx,
  account: AccountId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, OrganizationId>> {
  const rows = await tx
    .selectFrom('organizations')
    .select(['key', 'id'])
    .where('account_id', '=', account)
    .where(sql<boolean>`key = any(${keys})`)
    .execute()
  return new Map(rows.map(({ key, id }) => [key, id]))
}

/** The accounts that these organizations belong to; an organization never moves. */
export async function accountsOfOrganizations(
  tx: Tx,
  organizations: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, AccountId>> {
  const rows = await tx
    .selectFrom('organizations')
    .select(['id', 'account_id'])
    .where(sql<boolean>`id = any(${organizations})`)
    .execute()
  return new Map(rows.map(({ id, account_id }) => [id, account_id]))
}

/** The accounts that these people belong to; nobody ever changes home. */
export async function homesOfUsers(
  tx: Tx,
  users: readonly UserId[],
): Promise<ReadonlyMap<UserId, AccountId>> {
  const rows = await tx
    .selectFrom('users')
    .select(['id', 'home_account_id'])
    .where(sql<boolean>`id = any(${users})`)
    .execute()
  return new Map(rows.map(({ id, home_account_id }) => [id, home_account_id]))
}

/** What these organizations of an account are called in questions and answers. */
export async function keysOfOrganizations(
  tx: Tx,
  account: AccountId,
  organizations: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, string>> {
  const rows = await tx
    .selectFrom('organizations')
    .select(['id', 'key'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id = any(${organizations})`)
    .execute()
  return new Map(rows.map(({ id, key }) => [id, key]))
}

/** What these people are called beside their ids. */
export async function namesOfUsers(
  tx: Tx,
  users: readonly UserId[],
): Promise<ReadonlyMap<UserId, { readonly email: string; readonly externalId: string | null }>> {
  const rows = await tx
    .selectFrom('users')
    .select(['id', 'email', 'external_id'])
    .where(sql<boolean>`id = any(${users})`)
    .execute()
  return new Map(rows.map(({ id, email, external_id }) => [id, { email, externalId: external_id }]))
}
