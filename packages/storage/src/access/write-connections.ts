import type { AccountId, Connection } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { lastOfEach, type ChangesOf } from './changes-of.ts'
import { roleColumns } from './role-columns.ts'

/** Writes what decides access; the story of a connection is written by `describeConnection`. */
export async function setConnections(
  tx: Tx,
  host: AccountId,
  changes: ChangesOf<'connection_set'>,
): Promise<void> {
  const connections = lastOfEach(
    changes.map(({ connection }) => connection),
    ({ id }) => id,
  )
  await sql`
    insert into connections as c (account_id, id, guest_account_id, maximum_builtin, maximum_role_id,
                                  delegates_group_id, status, starts_at, ends_at)
    select ${host}, id, guest, maximum_builtin, maximum_role_id, delegates_group_id, status,
           to_timestamp(starts_at / 1000), to_timestamp(ends_at / 1000)
      from json_to_recordset(${JSON.stringify(connections.map(connectionRow))}) as x
           (id text, guest text, maximum_builtin text, maximum_role_id text, delegates_group_id text, status text,
            starts_at double precision, ends_at double precision)
        on conflict (account_id, id) do update
       set guest_account_id = excluded.guest_account_id, maximum_builtin = excluded.maximum_builtin,
           maximum_role_id = excluded.maximum_role_id, delegates_group_id = excluded.delegates_group_id,
           status = excluded.status, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
           version = c.version + 1`.execute(tx)
}

function connectionRow({ id, guest, maximum, delegates, status, startsAt, endsAt }: Connection) {
  const { builtin, custom } = roleColumns(maximum)
  return {
    id,
    guest,
    maximum_builtin: builtin,
    maximum_role_id: custom,
    delegates_group_id: delegates === 'everyone' ? null : delegates,
    status,
    starts_at: startsAt,
    ends_at: endsAt,
  }
}
