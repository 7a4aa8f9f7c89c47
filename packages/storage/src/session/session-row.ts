import type { Session } from '@keyholder/core'
import type { Selectable } from 'kysely'
import type { SessionTable } from '../sign-in-tables.ts'

type Columns = Omit<
  Selectable<SessionTable>,
  'id' | 'token_hash' | 'user_id' | 'started_at' | 'user_agent' | 'address'
>

export function sessionOf(row: Omit<Columns, 'sso_connection'>): Session {
  return {
    firstFactor: row.first_factor,
    firstFactorAt: row.first_factor_at.getTime(),
    secondFactor: row.second_factor ?? undefined,
    secondFactorAt: row.second_factor_at?.getTime(),
    pending: row.pending ?? undefined,
    signedInAt: row.signed_in_at.getTime(),
    lastUsedAt: row.last_used_at.getTime(),
    longestGap: row.longest_gap,
  }
}

export function sessionColumns(session: Session) {
  return {
    first_factor: session.firstFactor,
    first_factor_at: new Date(session.firstFactorAt),
    second_factor: session.secondFactor ?? null,
    second_factor_at: session.secondFactorAt === undefined ? null : new Date(session.secondFactorAt),
    pending: session.pending ?? null,
    signed_in_at: new Date(session.signedInAt),
    last_used_at: new Date(session.lastUsedAt),
    longest_gap: session.longestGap,
  }
}
