import type { AccountId, Email, Grant, GroupId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import { grantOf } from '../access/fact-rows.ts'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { readPageAtOnce } from '../paging/read-page-at-once.ts'
import { peopleCondition, type PeopleFilter } from './people-filter.ts'

/** A member of an account, as the people who run it see them. */
export interface Person {
  readonly user: UserId
  readonly kind: 'home' | 'external'
  readonly status: 'active' | 'suspended'
  readonly home: { readonly id: AccountId; readonly slug: string; readonly name: string }
  readonly email: Email
  readonly name?: string | undefined
  readonly externalId?: string | undefined
  readonly verified: boolean
  readonly hasMfa: boolean
  readonly lastSeenAt?: Date | undefined
  readonly joinedAt: Date
  readonly version: number
  /** Their own grants over the whole account, also those that do not count at this moment. */
  readonly defaults: readonly Grant[]
  readonly groups: readonly GroupId[]
}

const orders: Orders = {
  name: { by: 'm.sort_name', type: 'text' },
  email: { by: 'm.email', type: 'text' },
  role: { by: 'm.default_roles[1]', type: 'text' },
  verified: { by: 'm.verified', type: 'boolean' },
  mfa: { by: 'm.has_mfa', type: 'boolean' },
  status: { by: 'm.status', type: 'text' },
  kind: { by: 'm.kind', type: 'text' },
  last_seen_at: { by: 'm.last_seen_at', type: 'timestamptz' },
  joined_at: { by: 'm.created_at', type: 'timestamptz' },
}

/** A page of an account's members. */
export async function listPeople(
  tx: Tx,
  account: AccountId,
  filter: PeopleFilter,
  request: PageRequest,
): Promise<Page<Person>> {
  const page = await pageOfIds(tx, account, filter, request)
  const people = new Map((await readPeople(tx, account, page.rows)).map((person) => [person.user, person]))
  return { ...page, rows: page.rows.flatMap((user) => people.get(user) ?? []) }
}

export async function findPersonIn(tx: Tx, account: AccountId, user: UserId): Promise<Person | undefined> {
  return (await readPeople(tx, account, [user]))[0]
}

/** By kind alone, an index has the rows in order and counts them; any other filter looks at each row, so only once. */
async function pageOfIds(
  tx: Tx,
  account: AccountId,
  filter: PeopleFilter,
  request: PageRequest,
): Promise<Page<UserId>> {
  const where = peopleCondition(account, filter)
  const { kind: _, ...others } = filter
  if (Object.values(others).some((value) => value !== undefined)) {
    return readPageAtOnce(tx, sql`from memberships m where ${where}`, orders, 'm.user_id', request)
  }

  const query = tx.selectFrom('memberships as m').select('m.user_id').where(where)
  const page = await readPage(query, orders, 'm.user_id', request)
  return { ...page, rows: page.rows.map(({ user_id }) => user_id) }
}

interface PersonRow {
  readonly user: UserId
  readonly kind: Person['kind']
  readonly status: Person['status']
  readonly home: Person['home']
  readonly email: Email
  readonly name: string | null
  readonly external_id: string | null
  readonly verified: boolean
  readonly has_mfa: boolean
  readonly last_seen_at: Date | null
  readonly created_at: Date
  readonly version: number
  readonly defaults: readonly string[] | null
  readonly groups: readonly GroupId[] | null
}

async function readPeople(tx: Tx, account: AccountId, users: readonly UserId[]): Promise<readonly Person[]> {
  const { rows } = await sql<PersonRow>`
    select m.user_id as user, m.kind, m.status,
           (select json_build_object('id', a.id, 'slug', a.slug, 'name', a.name)
              from account_names a where a.id = m.home_account_id) as home,
           u.email, u.name, u.external_id, m.verified, m.has_mfa, m.last_seen_at, m.created_at, m.version,
           (select array_agg(concat(g.id, E'\\t', g.user_id, E'\\t', g.role, E'\\t', E'\\t',
                (extract(epoch from g.starts_at) * 1000)::bigint, E'\\t',
                (extract(epoch from g.ends_at) * 1000)::bigint) order by g.role, g.id)
              from grants g where g.account_id = m.account_id and g.user_id = m.user_id
               and g.organization_id is null) as defaults,
           (select array_agg(i.group_id order by i.group_id) from group_members i
             where i.account_id = m.account_id and i.user_id = m.user_id) as groups
      from memberships m
      join users u on u.id = m.user_id
     where m.account_id = ${account} and m.user_id = any (${users}::text[])`.execute(tx)
  return rows.map(personOf)
}

function personOf(row: PersonRow): Person {
  return {
    user: row.user,
    kind: row.kind,
    status: row.status,
    home: row.home,
    email: row.email,
    name: row.name ?? undefined,
    externalId: row.external_id ?? undefined,
    verified: row.verified,
    hasMfa: row.has_mfa,
    lastSeenAt: row.last_seen_at ?? undefined,
    joinedAt: row.created_at,
    version: row.version,
    defaults: (row.defaults ?? []).map(grantOf),
    groups: row.groups ?? [],
  }
}
