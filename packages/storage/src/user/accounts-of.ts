import type { AccountId, ConnectionId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** An account that somebody may have to do with; whether they may enter it is for its access to say. */
export interface AccountOfPerson {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
  readonly reachedBy: 'home' | 'external' | 'connection'
  readonly connection: ConnectionId | undefined
  readonly settings: Readonly<Record<string, unknown>>
  readonly assurance: 'none' | 'mfa' | 'sso'
}

/** The accounts of a person: home, then where they were invited, then those that their home is connected with. */
export async function accountsOf(tx: Tx, user: UserId, home: AccountId): Promise<readonly AccountOfPerson[]> {
  const { rows } = await sql<AccountOfPerson & { connection: ConnectionId | null }>`
    with reached as (
      select account_id, kind, null::text as connection, 'none' as assurance,
             case kind when 'home' then 0 else 1 end as place
        from memberships where user_id = ${user}
       union all
      select account_id, 'connection', id, assurance, 2
        from connections where guest_account_id = ${home} and status = 'active'),
    -- Whoever was invited and is connected too came by invitation, and the connection asks of them all the same.
    first as (
      select distinct on (account_id) account_id, kind, connection, place,
             max(case assurance when 'sso' then 2 when 'mfa' then 1 else 0 end) over (partition by account_id) as asked
        from reached order by account_id, place)
    select a.id, a.slug, a.name, f.kind as "reachedBy", f.connection, a.settings,
           case f.asked when 2 then 'sso' when 1 then 'mfa' else 'none' end as assurance
      from first f join accounts a on a.id = f.account_id
     order by f.place, a.name, a.id`.execute(tx)
  return rows.map(({ connection, ...row }) => ({ ...row, connection: connection ?? undefined }))
}
