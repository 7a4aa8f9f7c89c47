import type { AccountId, Agreement, Author, RoleId } from '@keyholder/core'
import type { Selectable } from 'kysely'
import type { ConnectionTable } from '../tables.ts'

export type ConnectionRow = Selectable<ConnectionTable>

/** A connection with its story, and what each of its two accounts is called. */
export interface StoredConnection {
  readonly agreement: Agreement
  readonly host: ConnectedAccount
  readonly guest: ConnectedAccount
  readonly lastUsedAt?: Date | undefined
  readonly createdAt: Date
  readonly version: number
}

export interface ConnectedAccount {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
}

export function agreementOf(row: ConnectionRow): Agreement {
  return {
    connection: {
      id: row.id,
      host: row.account_id,
      guest: row.guest_account_id,
      maximum: maximumOf(row),
      delegates: row.delegates_group_id ?? 'everyone',
      status: row.status,
      ...(row.starts_at !== null && { startsAt: row.starts_at.getTime() }),
      ...(row.ends_at !== null && { endsAt: row.ends_at.getTime() }),
    },
    assurance: row.assurance,
    proposedBy: proposerOf(row),
    proposedAt: row.proposed_at.getTime(),
    ...(row.extension !== null && { extension: row.extension }),
    ...(row.purpose !== null && { purpose: row.purpose }),
    ...(row.message !== null && { message: row.message }),
    ...(row.offer !== null && { offer: row.offer }),
    ...(row.ended !== null && { ended: row.ended }),
  }
}

function maximumOf({ id, maximum_builtin, maximum_role_id }: ConnectionRow): RoleId {
  const maximum = maximum_role_id ?? maximum_builtin
  if (maximum === null) throw new Error(`the connection \`${id}\` has no maximum role`)
  return maximum
}

function proposerOf({ id, proposed_by }: ConnectionRow): Author {
  if (proposed_by === null) throw new Error(`the connection \`${id}\` was never described`)
  return proposed_by
}
