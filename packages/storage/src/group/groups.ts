import type { AccountId, ConnectionId, Group, GroupId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { folded } from '../text/folded.ts'

/** A group as people know it; its members and grants are a matter of access changes. */
export interface DescribedGroup extends Omit<Group, 'members'> {
  readonly description: string
  readonly users: number
  readonly connections: number
  readonly version: number
  readonly createdAt: Date
}

export interface GroupFilter {
  /** Part of the name or the key. */
  readonly text?: string | undefined
  readonly kind?: Group['kind'] | undefined
  /** Only groups that this user or connection is in. */
  readonly member?: UserId | ConnectionId | undefined
}

const orders: Orders = {
  name: { by: 'g.sort_name', type: 'text' },
  key: { by: 'g.key collate "C"', type: 'text' },
  kind: { by: 'g.kind', type: 'text' },
  members: { by: '(c.users + c.connections)', type: 'bigint' },
  created_at: { by: 'g.created_at', type: 'timestamptz' },
}

export async function listGroups(
  tx: Tx,
  account: AccountId,
  { text, kind, member }: GroupFilter,
  request: PageRequest,
): Promise<Page<DescribedGroup>> {
  const query = groups(tx, account).where(
    allOf(
      kind && sql`g.kind = ${kind}`,
      text && sql`strpos(g.sort_name || ' ' || g.key, ${folded(text)}) > 0`,
      member &&
        sql`exists (select from group_members i
          where i.account_id = g.account_id and i.group_id = g.id and i.member_id = ${member})`,
    ),
  )
  return readPage(query, orders, 'g.id', request)
}

/** A group by its id or key. */
export async function findGroup(
  tx: Tx,
  account: AccountId,
  name: string,
): Promise<DescribedGroup | undefined> {
  const query = groups(tx, account)
  return name.startsWith('grp_')
    ? query.where('g.id', '=', name as GroupId).executeTakeFirst()
    : query.where('g.key', '=', name).executeTakeFirst()
}

/** Gives a group its description, and it a new version. */
export async function describeGroup(
  tx: Tx,
  account: AccountId,
  id: GroupId,
  description: string,
): Promise<void> {
  await tx
    .updateTable('groups')
    .set({ description, version: sql<number>`version + 1` })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}

function groups(tx: Tx, account: AccountId) {
  return tx
    .selectFrom('groups as g')
    .innerJoinLateral(
      sql<{ users: number; connections: number }>`(
        select count(i.user_id) as users, count(i.connection_id) as connections
          from group_members i where i.account_id = g.account_id and i.group_id = g.id)`.as('c'),
      (join) => join.onTrue(),
    )
    .select([
      'g.id',
      'g.key',
      'g.name',
      'g.kind',
      'g.description',
      'c.users',
      'c.connections',
      'g.version',
      'g.created_at as createdAt',
    ])
    .where('g.account_id', '=', account)
}
