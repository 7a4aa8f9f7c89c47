import type { AccountId, Email, Invitation, InvitationId, RoleId } from '@keyholder/core'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import {
  invitationColumns,
  invitationOf,
  invitationValues,
  offeredGrantValues,
  type InvitationRow,
} from './invitation-row.ts'

/** An invitation with the version that an edit has to name. */
export interface StoredInvitation {
  readonly invitation: Invitation
  readonly version: number
}

export async function findInvitation(
  tx: Tx,
  account: AccountId,
  id: InvitationId,
): Promise<StoredInvitation | undefined> {
  return readOne(tx, sql`i.account_id = ${account} and i.id = ${id}`)
}

/** The invitation that waits for an answer from this address, also where its time is over. */
export async function findOpenInvitation(
  tx: Tx,
  account: AccountId,
  email: Email,
): Promise<StoredInvitation | undefined> {
  return readOne(tx, sql`i.account_id = ${account} and i.email = ${email} and i.settled is null`)
}

/** The invitation whose last link has this token; whose it is shows only now, so it takes the deployment's scope. */
export async function findInvitationByToken(
  tx: Tx,
  tokenHash: string,
): Promise<StoredInvitation | undefined> {
  return readOne(tx, sql`i.token_hash = ${tokenHash}`)
}

/** Finds an invitation and holds its row, so that two people cannot settle it at once. */
export async function lockInvitation(tx: Tx, tokenHash: string): Promise<StoredInvitation | undefined> {
  await tx
    .selectFrom('invitations')
    .select('id')
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return findInvitationByToken(tx, tokenHash)
}

/** The invitations that wait for an answer and offer this role. */
export async function openInvitationsOffering(
  tx: Tx,
  account: AccountId,
  role: RoleId,
): Promise<readonly InvitationId[]> {
  const rows = await tx
    .selectFrom('invitations as i')
    .innerJoin('invitation_grants as g', (join) =>
      join.onRef('g.account_id', '=', 'i.account_id').onRef('g.invitation_id', '=', 'i.id'),
    )
    .select('i.id')
    .distinct()
    .where('i.account_id', '=', account)
    .where('i.settled', 'is', null)
    .where('i.expires_at', '>', sql<Date>`now()`)
    .where(sql<boolean>`coalesce(g.role_id, g.builtin_role) = ${role}`)
    .orderBy('i.id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Writes a new invitation, unless one waits for an answer from the same address: then nothing is written and `false`
 * said.
 */
export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('invitations')
    .values({
      account_id: invitation.account,
      id: invitation.id,
      kind: invitation.kind,
      email: invitation.email,
      created_at: new Date(invitation.createdAt),
      ...invitationValues(invitation),
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'email']).where('settled', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await insertContent(tx, invitation)
  return true
}

/** Writes an invitation as it is now: edited, sent again or settled. */
export async function updateInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ ...invitationValues(invitation), version: sql<number>`version + 1` })
    .where('account_id', '=', invitation.account)
    .where('id', '=', invitation.id)
    .execute()
  for (const table of ['invitation_grants', 'invitation_groups'] as const) {
    await tx
      .deleteFrom(table)
      .where('account_id', '=', invitation.account)
      .where('invitation_id', '=', invitation.id)
      .execute()
  }
  await insertContent(tx, invitation)
}

async function insertContent(tx: Tx, { account, id, grants, groups }: Invitation): Promise<void> {
  const of = { account_id: account, invitation_id: id }
  if (grants.length > 0) {
    await tx
      .insertInto('invitation_grants')
      .values(grants.map((grant, position) => ({ ...of, position, ...offeredGrantValues(grant) })))
      .execute()
  }
  if (groups.length > 0) {
    await tx
      .insertInto('invitation_groups')
      .values(groups.map((group_id, position) => ({ ...of, position, group_id })))
      .execute()
  }
}

async function readOne(tx: Tx, where: RawBuilder<unknown>): Promise<StoredInvitation | undefined> {
  const { rows } = await sql<InvitationRow>`
    select ${invitationColumns} from invitations i where ${where}`.execute(tx)
  return rows[0] && { invitation: invitationOf(rows[0]), version: rows[0].version }
}
