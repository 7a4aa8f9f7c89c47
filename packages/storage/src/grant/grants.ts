import type { AccountId, Grant, GrantId, OrganizationId, RoleId, Subject } from '@keyholder/core'
import { sql } from 'kysely'
import { grantOf } from '../access/fact-rows.ts'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'

/** A grant with the names of what it speaks of. */
export interface DescribedGrant {
  readonly grant: Grant
  /** A person's name or address, a group's name, or a connection's guest account. */
  readonly subjectName: string
  /** Left out for the whole account. */
  readonly organizationName?: string | undefined
  readonly version: number
  readonly createdAt: Date
}

export interface GrantFilter {
  readonly subject?: Subject | undefined
  readonly subjectKind?: Subject['kind'] | undefined
  readonly role?: RoleId | undefined
  readonly organization?: OrganizationId | undefined
  /** Only grants over one of these organizations. */
  readonly among?: readonly OrganizationId[] | undefined
  /** Only grants over the whole account, or only over organizations. */
  readonly whole?: boolean | undefined
  /** Only what counts at this moment. */
  readonly current?: boolean | undefined
}

interface GrantRow {
  readonly line: string
  readonly subject_name: string | null
  readonly organization_name: string | null
  readonly version: number
  readonly created_at: Date
}

const subjectName = `coalesce(u.name, u.email, p.name, (select a.name from connections c
  join account_names a on a.id = c.guest_account_id where c.account_id = g.account_id and c.id = g.connection_id))`

const orders: Orders = {
  created_at: { by: 'g.created_at', type: 'timestamptz' },
  subject: { by: `lower(${subjectName}) collate "C"`, type: 'text' },
  role: { by: 'g.role collate "C"', type: 'text' },
  organization: { by: 'o.sort_name', type: 'text' },
  ends_at: { by: 'g.ends_at', type: 'timestamptz' },
}

export async function listGrants(
  tx: Tx,
  account: AccountId,
  filter: GrantFilter,
  request: PageRequest,
): Promise<Page<DescribedGrant>> {
  const { subject, subjectKind, role, organization, among, whole, current } = filter
  const query = grants(tx, account).where(
    allOf(
      subject && sql`${sql.ref(`g.${subject.kind}_id`)} = ${subject.id}`,
      subjectKind && sql`${sql.ref(`g.${subjectKind}_id`)} is not null`,
      role && sql`g.role = ${role}`,
      organization && sql`g.organization_id = ${organization}`,
      among && sql`g.organization_id = any (${among}::text[])`,
      whole !== undefined && sql`(g.organization_id is null) = ${whole}`,
      current &&
        sql`(g.starts_at is null or g.starts_at <= now()) and (g.ends_at is null or g.ends_at > now())`,
    ),
  )
  const page = await readPage(query, orders, 'g.id', request)
  return { ...page, rows: page.rows.map(describedGrant) }
}

export async function findGrant(
  tx: Tx,
  account: AccountId,
  id: GrantId,
): Promise<DescribedGrant | undefined> {
  const row = await grants(tx, account).where('g.id', '=', id).executeTakeFirst()
  return row && describedGrant(row)
}

function grants(tx: Tx, account: AccountId) {
  return tx
    .selectFrom('grants as g')
    .leftJoin('users as u', 'u.id', 'g.user_id')
    .leftJoin('groups as p', (join) =>
      join.onRef('p.account_id', '=', 'g.account_id').onRef('p.id', '=', 'g.group_id'),
    )
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'g.account_id').onRef('o.id', '=', 'g.organization_id'),
    )
    .select([
      sql<string>`concat(g.id, E'\\t', coalesce(g.user_id, g.group_id, g.connection_id), E'\\t', g.role, E'\\t',
        g.organization_id, E'\\t', (extract(epoch from g.starts_at) * 1000)::bigint, E'\\t',
        (extract(epoch from g.ends_at) * 1000)::bigint)`.as('line'),
      sql<string | null>`${sql.raw(subjectName)}`.as('subject_name'),
      'o.name as organization_name',
      'g.version',
      'g.created_at',
    ])
    .where('g.account_id', '=', account)
}

function describedGrant(row: GrantRow): DescribedGrant {
  return {
    grant: grantOf(row.line),
    subjectName: row.subject_name ?? '',
    organizationName: row.organization_name ?? undefined,
    version: row.version,
    createdAt: row.created_at,
  }
}
