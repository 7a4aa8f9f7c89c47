import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { lastOfEach, type ChangesOf } from './changes-of.ts'

/** A new member's person is written in the same transaction, before or after. */
export async function setMembers(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'member_set'>,
): Promise<void> {
  const members = lastOfEach(
    changes.map(({ member }) => member),
    ({ user }) => user,
  )
  await sql`
    insert into memberships as m (account_id, user_id, home_account_id, status)
    select ${account}, "user", home, status
      from json_to_recordset(${JSON.stringify(members)}) as x ("user" text, home text, status text)
        on conflict (account_id, user_id) do update
       set home_account_id = excluded.home_account_id, status = excluded.status, version = m.version + 1`.execute(
    tx,
  )
}

/** Their grants, their places in groups and the API keys that they made go along. */
export async function removeMembers(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'member_removed'>,
): Promise<void> {
  const users = changes.map(({ user }) => user)
  await sql`delete from memberships where account_id = ${account} and user_id = any (${users}::text[])`.execute(
    tx,
  )
}
