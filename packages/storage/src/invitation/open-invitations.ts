import type { AccountId, InvitationId, RoleId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** The invitations that offer a custom role and could still be accepted. */
export async function openInvitationsWithRole(
  tx: Tx,
  account: AccountId,
  role: RoleId,
): Promise<readonly InvitationId[]> {
  const { rows } = await sql<{ id: InvitationId }>`
    select distinct i.id
      from invitations i
      join invitation_grants g on g.account_id = i.account_id and g.invitation_id = i.id
     where i.account_id = ${account} and g.role_id = ${role} and i.settled is null and i.expires_at > now()
     order by i.id`.execute(tx)
  return rows.map(({ id }) => id)
}
