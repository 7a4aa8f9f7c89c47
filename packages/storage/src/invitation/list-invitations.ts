import type { AccountId, Email, Invitation, InvitationState } from '@keyholder/core'
import { sql } from 'kysely'
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
}

export interface ListedInvitation extends StoredInvitation {
  /** At this moment, by the database's clock. */
  readonly state: InvitationState
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
  readonly inviter_email: Email | null
  readonly inviter_name: string | null
}

/** A page of an account's invitations. */
export async function listInvitations(
  tx: Tx,
  account: AccountId,
  { states = withoutAccepted, kind, inviter, text }: InvitationFilter,
  request: PageRequest,
): Promise<Page<ListedInvitation>> {
  const invitations = sql<ListedRow>`(
    select ${invitationColumns}, u.email as inviter_email, u.name as inviter_name,
           coalesce(i.settled, case when i.expires_at > now() then 'pending' else 'expired' end) as state
      from invitations i left join users u on i.inviter_kind = 'person' and u.id = i.inviter_id
     where i.account_id = ${account})`
  const query = tx
    .selectFrom(invitations.as('invitation'))
    .selectAll()
    .where(
      allOf(
        sql`state = any (${states}::text[])`,
        kind && sql`kind = ${kind}`,
        inviter && sql`inviter_email = ${inviter}`,
        text && sql`strpos(email, ${folded(text)}) > 0`,
      ),
    )
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(listed) }
}

function listed(row: ListedRow): ListedInvitation {
  return {
    invitation: invitationOf(row),
    version: row.version,
    state: row.state,
    ...(row.inviter_email !== null && {
      inviter: { email: row.inviter_email, name: row.inviter_name ?? undefined },
    }),
  }
}
