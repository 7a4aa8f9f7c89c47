import type { AccountId, Grant } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { idsOf, lastOfEach, type ChangesOf } from './changes-of.ts'
import { roleColumns } from './role-columns.ts'

export async function setGrants(tx: Tx, account: AccountId, changes: ChangesOf<'grant_set'>): Promise<void> {
  const grants = lastOfEach(
    changes.map(({ grant }) => grant),
    ({ id }) => id,
  )
  await sql`
    insert into grants as g (account_id, id, user_id, group_id, connection_id, builtin_role, role_id,
                             organization_id, starts_at, ends_at)
    select ${account}, id, user_id, group_id, connection_id, builtin_role, role_id, organization_id,
           to_timestamp(starts_at / 1000), to_timestamp(ends_at / 1000)
      from json_to_recordset(${JSON.stringify(grants.map(grantRow))}) as x
           (id text, user_id text, group_id text, connection_id text, builtin_role text, role_id text,
            organization_id text, starts_at double precision, ends_at double precision)
        on conflict (account_id, id) do update
       set user_id = excluded.user_id, group_id = excluded.group_id, connection_id = excluded.connection_id,
           builtin_role = excluded.builtin_role, role_id = excluded.role_id,
           organization_id = excluded.organization_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
           version = g.version + 1`.execute(tx)
}

function grantRow({ id, subject, role, organization, startsAt, endsAt }: Grant) {
  const { builtin, custom } = roleColumns(role)
  return {
    id,
    [`${subject.kind}_id`]: subject.id,
    builtin_role: builtin,
    role_id: custom,
    organization_id: organization,
    starts_at: startsAt,
    ends_at: endsAt,
  }
}

export async function removeGrants(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'grant_removed'>,
): Promise<void> {
  await sql`delete from grants where account_id = ${account} and id = any (${idsOf(changes)}::text[])`.execute(
    tx,
  )
}
