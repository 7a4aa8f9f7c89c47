import type { AccountId, Email, Language, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Somebody to be told of something by mail. */
export interface Reader {
  readonly user: UserId
  readonly email: Email
  readonly name: string | null
  readonly language: Language
}

/**
 * The active people of an account who are superusers of it at this moment, by themselves or through a group: whom to
 * tell of what concerns the account as a whole. Whether it has one in the sense of the laws is for the core to say.
 */
export async function superusersOf(tx: Tx, account: AccountId): Promise<readonly Reader[]> {
  const { rows } = await sql<Reader>`
    select u.id as user, u.email, u.name, u.language
      from memberships m join users u on u.id = m.user_id
     where m.account_id = ${account} and m.kind = 'home' and m.status = 'active'
       and exists (
         select from grants g
          where g.account_id = m.account_id and g.builtin_role = 'superuser' and g.organization_id is null
            and (g.starts_at is null or g.starts_at <= clock_timestamp())
            and (g.ends_at is null or g.ends_at > clock_timestamp())
            and (g.user_id = m.user_id or exists (
              select from group_members p
               where p.account_id = g.account_id and p.group_id = g.group_id and p.user_id = m.user_id)))
     order by u.id`.execute(tx)
  return rows
}
