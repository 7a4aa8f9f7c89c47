import type {
  AccessRequest,
  AccessRequestId,
  AccessRequestState,
  AccountId,
  Email,
  OrganizationId,
  UserId,
} from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { allOf } from '../paging/all-of.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { accessRequestOf, settledColumns } from './access-request-row.ts'

export async function insertAccessRequest(tx: Tx, request: AccessRequest): Promise<void> {
  const { place } = request
  await tx
    .insertInto('access_requests')
    .values({
      account_id: request.account,
      id: request.id,
      user_id: request.user,
      organization_id: place.kind === 'organization' ? place.organization : null,
      words: place.kind === 'words' ? place.words : null,
      message: request.message,
      created_at: new Date(request.createdAt),
      ...settledColumns(request),
    })
    .execute()
}

/** Writes how a request was settled; what else it was stays. */
export async function saveSettlement(tx: Tx, request: AccessRequest): Promise<void> {
  await tx
    .updateTable('access_requests')
    .set(settledColumns(request))
    .where('account_id', '=', request.account)
    .where('id', '=', request.id)
    .execute()
}

/** The requests of a person that wait for an answer. */
export async function openAccessRequests(
  tx: Tx,
  account: AccountId,
  user: UserId,
): Promise<readonly AccessRequest[]> {
  const rows = await tx
    .selectFrom('access_requests')
    .selectAll()
    .where('account_id', '=', account)
    .where('user_id', '=', user)
    .where('settled', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(accessRequestOf)
}

/** A request with the names of what it speaks of. */
export interface DescribedAccessRequest {
  readonly request: AccessRequest
  readonly account: { readonly slug: string; readonly name: string }
  readonly organization: { readonly key: string; readonly name: string } | undefined
  readonly person: { readonly email: Email; readonly name: string | undefined }
}

export interface AccessRequestFilter {
  readonly account?: AccountId | undefined
  readonly user?: UserId | undefined
  readonly states?: readonly AccessRequestState[] | undefined
  /** Only for these organizations, for somebody who answers for no others. */
  readonly among?: readonly OrganizationId[] | undefined
}

const orders: Orders = { created_at: { by: 'r.created_at', type: 'timestamptz' } }

/** A page of requests: of an account, or of a person in a transaction of the whole deployment. */
export async function listAccessRequests(
  tx: Tx,
  { account, user, states, among }: AccessRequestFilter,
  request: PageRequest,
): Promise<Page<DescribedAccessRequest>> {
  const query = requests(tx).where(
    allOf(
      account && sql`r.account_id = ${account}`,
      user && sql`r.user_id = ${user}`,
      states && sql`coalesce(r.settled, 'open') = any (${states}::text[])`,
      among && sql`r.organization_id = any (${among}::text[])`,
    ),
  )
  const page = await readPage(query, orders, 'r.id', request)
  return { ...page, rows: page.rows.map(described) }
}

export async function findAccessRequest(
  tx: Tx,
  account: AccountId,
  id: AccessRequestId,
): Promise<DescribedAccessRequest | undefined> {
  const row = await requests(tx).where('r.account_id', '=', account).where('r.id', '=', id).executeTakeFirst()
  return row && described(row)
}

function requests(tx: Tx) {
  return tx
    .selectFrom('access_requests as r')
    .innerJoin('accounts as a', 'a.id', 'r.account_id')
    .innerJoin('users as u', 'u.id', 'r.user_id')
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'r.account_id').onRef('o.id', '=', 'r.organization_id'),
    )
    .selectAll('r')
    .select([
      'a.slug as account_slug',
      'a.name as account_name',
      'u.email as person_email',
      'u.name as person_name',
      'o.key as organization_key',
      'o.name as organization_name',
    ])
}

type Row = Parameters<typeof accessRequestOf>[0] & {
  readonly account_slug: string
  readonly account_name: string
  readonly person_email: string
  readonly person_name: string | null
  readonly organization_key: string | null
  readonly organization_name: string | null
}

function described(row: Row): DescribedAccessRequest {
  const { organization_key: key, organization_name: name } = row
  return {
    request: accessRequestOf(row),
    account: { slug: row.account_slug, name: row.account_name },
    organization: key !== null && name !== null ? { key, name } : undefined,
    person: { email: row.person_email as Email, name: row.person_name ?? undefined },
  }
}
