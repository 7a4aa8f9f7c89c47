import type { AccountId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Who keeps a door of their own where single sign-on is required: superusers, unless the provider makes them so. */
const isSuperuserByHand = (account: string, user: string) =>
  sql.raw(`exists (
  select from grants g
   where g.account_id = ${account} and g.builtin_role = 'superuser' and g.organization_id is null
     and (g.starts_at is null or g.starts_at <= clock_timestamp()) and (g.ends_at is null or g.ends_at > clock_timestamp())
     and (g.user_id = ${user} or exists (
       select from group_members i join groups p on p.account_id = i.account_id and p.id = i.group_id and p.kind = 'manual'
        where i.account_id = g.account_id and i.group_id = g.group_id and i.user_id = ${user})))`)

/** How somebody stands to the identity provider that the people of their home come by; nothing where there is none. */
export interface SsoStanding {
  readonly connection: string
  readonly isLinked: boolean
  readonly isSuperuser: boolean
}

export async function ssoStanding(tx: Tx, home: AccountId, user: UserId): Promise<SsoStanding | undefined> {
  const { rows } = await sql<SsoStanding>`
    select c.id as connection, ${isSuperuserByHand('w.home', 'w.person')} as "isSuperuser",
           exists (select from sso_identities i where i.connection_id = c.id and i.user_id = w.person) as "isLinked"
      from (select ${home}::text as home, ${user}::text as person) w
      join sso_connections c on c.account_id = w.home and c.status = 'active'`.execute(tx)
  return rows[0]
}

/** Ends the sessions of an account's people that did not come by single sign-on, but for superusers; tells how many. */
export async function endSessionsBesideSso(tx: Tx, account: AccountId): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sessions s using users u
     where u.id = s.user_id and u.home_account_id = ${account} and s.first_factor <> 'sso'
       and not ${isSuperuserByHand('u.home_account_id', 'u.id')}`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** Of these people, those who can get in when the identity provider cannot be reached: by a password and a second factor. */
export async function withPasswordAndMfa(tx: Tx, users: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  const { rows } = await sql<{ user_id: UserId }>`
    select p.user_id from passwords p
     where p.user_id = any (${users}::text[])
       and exists (select from mfa_tokens t where t.user_id = p.user_id and t.confirmed_at is not null)`.execute(
    tx,
  )
  return new Set(rows.map(({ user_id }) => user_id))
}
