import { sql } from 'kysely'
import type { AccountId, OrganizationId, UserId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** What an account and its things are called: what is no matter of access. */
export interface DescribedAccount {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
  readonly organizations: readonly DescribedOrganization[]
  /** Everybody who belongs to the account, also those who are no members of it any more. */
  readonly people: readonly DescribedPerson[]
}

export interface DescribedOrganization {
  readonly id: OrganizationId
  readonly key: string
  readonly name: string
}

export interface DescribedPerson {
  readonly id: UserId
  readonly email: string
  /** Null where nobody gave one. */
  readonly name: string | null
  readonly externalId: string | null
}

/** What everything in the account with this slug is called. */
export async function describedAccount(tx: Tx, slug: string): Promise<DescribedAccount | undefined> {
  const account = await tx
    .selectFrom('accounts')
    .select(['id', 'slug', 'name'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!account) return undefined

  const organizations = await tx
    .selectFrom('organizations')
    .select(['id', 'key', 'name'])
    .where('account_id', '=', account.id)
    .execute()
  const people = await tx
    .selectFrom('users')
    .select(['id', 'email', 'name', 'external_id as externalId'])
    .where('home_account_id', '=', account.id)
    .execute()
  return { ...account, organizations, people }
}

/** Who has one of these addresses, and the slug of the account that they belong to. */
export async function ownersOfAddresses(
  tx: Tx,
  emails: readonly string[],
): Promise<readonly { readonly email: string; readonly slug: string }[]> {
  return tx
    .selectFrom('users')
    .innerJoin('accounts', 'accounts.id', 'users.home_account_id')
    .select(['users.email', 'accounts.slug'])
    .where(sql<boolean>`users.email = any(${emails})`)
    .execute()
}
