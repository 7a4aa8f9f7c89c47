import type {
  AccountId,
  Email,
  Invitation,
  InvitationId,
  InvitationState,
  OrganizationId,
} from '@keyholder/core'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'
import { invitationColumns, invitationOf, type InvitationRow } from './invitation-row.ts'
import type { StoredInvitation } from './invitations.ts'

export interface InvitationFilter {
  /** Left out for all but the accepted ones. */
  readonly states?: readonly InvitationState[] | undefined
  readonly kind?: Invitation['kind'] | undefined
  /** The exact address of the person who invited. */
  readonly inviter?: Email | undefined
  /** Part of the invited address. */
  readonly text?: string | undefined
  /** Only what brings nothing but roles over these, for somebody who may not see the others. */
  readonly among?: readonly OrganizationId[] | undefined
}

export interface ListedInvitation extends StoredInvitation {
  /** At this moment, by the database's clock. */
  readonly state: InvitationState
  /** Until it expires, begun ones counted, or since it did, below zero; left out once it is settled. */
  readonly daysLeft?: number | undefined
  /** Left out where no person invited, or they are gone. */
  readonly inviter?: { readonly email: Email; readonly name?: string | undefined } | undefined
}

/** Who waits for an answer comes first, and of them whose time ends first. */
const byState = `(case state when 'pending' then 0 when 'expired' then 1 when 'declined' then 2
  when 'revoked' then 3 else 4 end * 100000000000000 + (extract(epoch from expires_at) * 1000)::bigint)`

const orders: Orders = {
  state: { by: byState, type: 'bigint' },
  email: { by: 'email collate "C"', type: 'text' },
  created_at: { by: 'created_at', type: 'timestamptz' },
  expires_at: { by: 'expires_at', type: 'timestamptz' },
  inviter: { by: 'inviter_email', type: 'text' },
}

const withoutAccepted: readonly InvitationState[] = ['pending', 'expired', 'declined', 'revoked']

type ListedRow = InvitationRow & {
  readonly state: InvitationState
  readonly days_left: number | null
  readonly inviter_email: Email | null
  readonly inviter_name: string | null
}

/** A page of an account's invitations. */
export async function listInvitations(
  tx: Tx,
  account: AccountId,
  { states = withoutAccepted, kind, inviter, text, among }: InvitationFilter,
  request: PageRequest,
): Promise<Page<ListedInvitation>> {
  const query = invitations(tx, account).where(
    allOf(
      sql`state = any (${states}::text[])`,
      kind && sql`kind = ${kind}`,
      inviter && sql`inviter_email = ${inviter}`,
      text && sql`strpos(email, ${folded(text)}) > 0`,
      among && bringsOnly(account, among),
    ),
  )
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(listed) }
}

/** An invitation as the list shows it. */
export async function describedInvitation(
  tx: Tx,
  account: AccountId,
  id: InvitationId,
): Promise<ListedInvitation | undefined> {
  const row = await invitations(tx, account).where('id', '=', id).executeTakeFirst()
  return row && listed(row)
}

function invitations(tx: Tx, account: AccountId) {
  const rows = sql<ListedRow>`(
    select ${invitationColumns}, u.email as inviter_email, u.name as inviter_name,
           coalesce(i.settled, case when i.expires_at > statement_timestamp() then 'pending' else 'expired' end) as state,
           case when i.settled is null then
             (case when i.expires_at > statement_timestamp() then ceil(extract(epoch from i.expires_at - statement_timestamp()) / 86400)
                   else floor(extract(epoch from i.expires_at - statement_timestamp()) / 86400) end)::int end as days_left
      from invitations i left join users u on i.inviter_kind = 'person' and u.id = i.inviter_id
     where i.account_id = ${account})`
  return tx.selectFrom(rows.as('invitation')).selectAll()
}

/** An invitation that brings nothing at all is one into the account. */
function bringsOnly(account: AccountId, among: readonly OrganizationId[]): RawBuilder<boolean> {
  return sql<boolean>`(groups is null and grants is not null and not exists (
    select from invitation_grants g
     where g.account_id = ${account} and g.invitation_id = invitation.id
       and (g.organization_id is null or g.organization_id <> all (${among}::text[]))))`
}

function listed(row: ListedRow): ListedInvitation {
  return {
    invitation: invitationOf(row),
    version: row.version,
    state: row.state,
    ...(row.days_left !== null && { daysLeft: row.days_left }),
    ...(row.inviter_email !== null && {
      inviter: { email: row.inviter_email, name: row.inviter_name ?? undefined },
    }),
  }
}
