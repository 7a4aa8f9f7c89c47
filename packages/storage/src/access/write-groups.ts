import type { AccountId, GroupId, GroupMember } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { folded } from '../text/folded.ts'
import { idsOf, lastOfEach, type ChangesOf } from './changes-of.ts'

export async function setGroups(tx: Tx, account: AccountId, changes: ChangesOf<'group_set'>): Promise<void> {
  const groups = lastOfEach(
    changes.map(({ group }) => group),
    ({ id }) => id,
  )
  const rows = groups.map(({ id, key, name, kind }) => ({ id, key, name, kind, sort_name: folded(name) }))
  await sql`
    insert into groups as g (account_id, id, key, name, sort_name, kind)
    select ${account}, id, key, name, sort_name, kind
      from json_to_recordset(${JSON.stringify(rows)}) as x (id text, key text, name text, sort_name text, kind text)
        on conflict (account_id, id) do update
       set key = excluded.key, name = excluded.name, sort_name = excluded.sort_name, kind = excluded.kind,
           version = g.version + 1`.execute(tx)
}

export async function removeGroups(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'group_removed'>,
): Promise<void> {
  await sql`delete from groups where account_id = ${account} and id = any (${idsOf(changes)}::text[])`.execute(
    tx,
  )
}

export async function addGroupMembers(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'group_member_added'>,
): Promise<void> {
  await sql`
    insert into group_members (account_id, group_id, user_id, connection_id)
    select ${account}, group_id, user_id, connection_id from ${rowsOf(changes)}
        on conflict (account_id, group_id, member_id) do nothing`.execute(tx)
}

export async function removeGroupMembers(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'group_member_removed'>,
): Promise<void> {
  await sql`
    delete from group_members m using ${rowsOf(changes)}
     where m.account_id = ${account} and m.group_id = x.group_id
       and m.member_id = coalesce(x.user_id, x.connection_id)`.execute(tx)
}

function rowsOf(changes: readonly { readonly group: GroupId; readonly member: GroupMember }[]) {
  const rows = changes.map(({ group, member }) => ({ group_id: group, [`${member.kind}_id`]: member.id }))
  return sql`json_to_recordset(${JSON.stringify(rows)}) as x (group_id text, user_id text, connection_id text)`
}
