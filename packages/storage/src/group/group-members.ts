import type { AccountId, ConnectionId, Email, GroupId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'

/** Who is in a group: a person of the account, or everybody who comes through a connection. */
export type ListedGroupMember = { readonly addedAt: Date } & (
  | {
      readonly kind: 'user'
      readonly id: UserId
      readonly email: Email
      readonly name: string | undefined
    }
  | {
      readonly kind: 'connection'
      readonly id: ConnectionId
      /** Of the guest account. */
      readonly slug: string
      readonly name: string
    }
)

interface MemberRow {
  readonly id: UserId | ConnectionId
  readonly user_id: UserId | null
  readonly email: Email | null
  readonly slug: string | null
  readonly name: string | null
  readonly added_at: Date
}

const orders: Orders = {
  name: { by: 'sort_name', type: 'text' },
  added_at: { by: 'added_at', type: 'timestamptz' },
}

export async function listGroupMembers(
  tx: Tx,
  account: AccountId,
  group: GroupId,
  request: PageRequest,
): Promise<Page<ListedGroupMember>> {
  const members = sql<MemberRow>`(
    select i.member_id as id, i.user_id, u.email, null as slug, u.name, m.sort_name, i.added_at
      from group_members i
      join memberships m on m.account_id = i.account_id and m.user_id = i.user_id
      join users u on u.id = i.user_id
     where i.account_id = ${account} and i.group_id = ${group}
    union all
    select i.member_id, null, null, a.slug, a.name, lower(a.name) collate "C", i.added_at
      from group_members i
      join connections c on c.account_id = i.account_id and c.id = i.connection_id
      join account_names a on a.id = c.guest_account_id
     where i.account_id = ${account} and i.group_id = ${group})`
  const query = tx
    .selectFrom(members.as('member'))
    .select(['id', 'user_id', 'email', 'slug', 'name', 'added_at'])
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(memberOf) }
}

function memberOf({ id, user_id, email, slug, name, added_at }: MemberRow): ListedGroupMember {
  if (user_id !== null && email !== null) {
    return { kind: 'user', id: user_id, email, name: name ?? undefined, addedAt: added_at }
  }
  return { kind: 'connection', id: id as ConnectionId, slug: slug ?? '', name: name ?? '', addedAt: added_at }
}
