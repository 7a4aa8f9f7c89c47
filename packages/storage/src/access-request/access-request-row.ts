import type { AccessRequest, RequestSettlement, UserId, WantedPlace } from '@keyholder/core'
import type { Selectable } from 'kysely'
import type { AccessRequestTable } from '../access-request-tables.ts'

type Row = Selectable<AccessRequestTable>

export function accessRequestOf(row: Row): AccessRequest {
  const settled = settlementOf(row)
  return {
    id: row.id,
    account: row.account_id,
    user: row.user_id,
    place: placeOf(row),
    message: row.message,
    createdAt: row.created_at.getTime(),
    ...(settled && { settled }),
  }
}

function placeOf({ organization_id: organization, words }: Row): WantedPlace {
  if (organization !== null) return { kind: 'organization', organization }
  return words === null ? { kind: 'account' } : { kind: 'words', words }
}

function settlementOf(row: Row): RequestSettlement | undefined {
  const { settled: state, settled_at: settledAt, settled_by: by, grant_id: grant } = row
  if (state === null || settledAt === null || by === null) return undefined
  const at = settledAt.getTime()
  const answer = row.answer ?? undefined
  if (state === 'withdrawn') return { state, at, by: by as UserId }
  if (state === 'declined') return { state, at, by, answer }
  if (grant === null) throw new Error('a request that was approved has no grant')
  return { state, at, by, grant, answer }
}

/** What is written of a request when it is settled. */
export function settledColumns({ settled }: AccessRequest) {
  return {
    settled: settled?.state ?? null,
    settled_at: settled ? new Date(settled.at) : null,
    settled_by: settled?.by ?? null,
    answer: (settled && 'answer' in settled ? settled.answer : undefined) ?? null,
    grant_id: settled?.state === 'approved' ? settled.grant : null,
  }
}
