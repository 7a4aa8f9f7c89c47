import type { AccountId, Email, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'

/** Somebody of the operator's staff. */
export interface Operator {
  readonly user: UserId
  readonly home: AccountId
  readonly email: Email
  readonly name: string | undefined
  readonly addedAt: Date
}

/** Makes somebody staff; tells whether they were not yet. */
export async function insertOperator(tx: Tx, user: UserId): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('operators')
    .values({ user_id: user })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Takes somebody from the staff; tells whether they were. */
export async function deleteOperator(tx: Tx, user: UserId): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('operators').where('user_id', '=', user).executeTakeFirst()
  return numDeletedRows === 1n
}

export async function isOperator(tx: Tx, user: UserId): Promise<boolean> {
  const { rows } = await sql`select from operators where user_id = ${user}`.execute(tx)
  return rows.length > 0
}

export async function findOperator(tx: Tx, user: UserId): Promise<Operator | undefined> {
  const row = await operators(tx).where('o.user_id', '=', user).executeTakeFirst()
  return row && operatorOf(row)
}

const orders: Orders = {
  email: { by: 'u.email collate "C"', type: 'text' },
  added_at: { by: 'o.added_at', type: 'timestamptz' },
}

export async function listOperators(tx: Tx, request: PageRequest): Promise<Page<Operator>> {
  const page = await readPage(operators(tx), orders, 'o.user_id', request)
  return { ...page, rows: page.rows.map(operatorOf) }
}

function operators(tx: Tx) {
  return tx
    .selectFrom('operators as o')
    .innerJoin('users as u', 'u.id', 'o.user_id')
    .select(['o.user_id', 'o.added_at', 'u.home_account_id', 'u.email', 'u.name'])
}

interface OperatorRow {
  readonly user_id: UserId
  readonly home_account_id: AccountId
  readonly email: string
  readonly name: string | null
  readonly added_at: Date
}

function operatorOf(row: OperatorRow): Operator {
  return {
    user: row.user_id,
    home: row.home_account_id,
    email: row.email as Email,
    name: row.name ?? undefined,
    addedAt: row.added_at,
  }
}
