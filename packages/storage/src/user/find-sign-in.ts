import type { AccountId, Email, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** What a sign-in has to know of a person before they are known to be that person. */
export interface SignInFacts {
  readonly user: UserId
  readonly home: AccountId
  readonly email: Email
  readonly name: string | undefined
  /** Suspended at home, a person signs in nowhere. */
  readonly isActive: boolean
  readonly passwordHash: string | undefined
  readonly homeSettings: Readonly<Record<string, unknown>>
}

/** Whoever signs in with this address, or is this user. */
export async function findSignIn(
  tx: Tx,
  who: { readonly email: Email } | { readonly user: UserId },
): Promise<SignInFacts | undefined> {
  const row = await tx
    .selectFrom('users as u')
    .innerJoin('accounts as a', 'a.id', 'u.home_account_id')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 'u.home_account_id').onRef('m.user_id', '=', 'u.id'),
    )
    .leftJoin('passwords as p', 'p.user_id', 'u.id')
    .select(['u.id', 'u.home_account_id', 'u.email', 'u.name', 'm.status', 'p.hash', 'a.settings'])
    .where('email' in who ? 'u.email' : 'u.id', '=', ('email' in who ? who.email : who.user) as UserId)
    .executeTakeFirst()
  return (
    row && {
      user: row.id,
      home: row.home_account_id,
      email: row.email as Email,
      name: row.name ?? undefined,
      isActive: row.status === 'active',
      passwordHash: row.hash ?? undefined,
      homeSettings: row.settings,
    }
  )
}

/** Whether somebody holds a second factor that is set up. */
export async function hasMfa(tx: Tx, user: UserId): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from mfa_tokens where user_id = ${user} and confirmed_at is not null) as has`.execute(
    tx,
  )
  return rows[0]?.has === true
}

/** What a person can prove a second factor with. */
export async function secondFactorsOf(
  tx: Tx,
  user: UserId,
): Promise<readonly ('totp' | 'security_key' | 'recovery_code')[]> {
  const { rows } = await sql<{ totp: boolean; security_key: boolean; recovery_code: boolean }>`
    select coalesce(bool_or(kind = 'totp'), false) as totp,
           coalesce(bool_or(kind = 'webauthn'), false) as security_key,
           count(*) > 0 and exists (
             select from recovery_codes where user_id = ${user} and used_at is null) as recovery_code
      from mfa_tokens where user_id = ${user} and confirmed_at is not null`.execute(tx)
  const [held] = rows
  return (['totp', 'security_key', 'recovery_code'] as const).filter((kind) => held?.[kind])
}
