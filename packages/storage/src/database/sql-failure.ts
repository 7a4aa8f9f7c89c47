import { DatabaseError } from 'pg'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { Overtaken } from './overtaken.ts'

/** PostgreSQL's own code of what went wrong; left out where it was not PostgreSQL that spoke. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined
}

/** Whether the same transaction, begun anew, may succeed: it lost against another one, and wrote nothing. */
export function lostARace(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01' || error instanceof Overtaken
}

/**
 * Whether a prepared statement was prepared before a migration changed what it returns: a node that is not upgraded yet
 * meets this once on each of its connections.
 */
export function hasStalePlan(error: unknown): boolean {
  return sqlState(error) === '0A000' && (error as Error).message.startsWith('cached plan')
}

/** Whether the connection is of no use after this: the server is going away, or takes no changes any more. */
export function endsConnection(error: unknown): boolean {
  const state = sqlState(error)
  return state === undefined || state === '25006' || /^(08|57P)/.test(state) || hasStalePlan(error)
}

/** What a failure means to a caller, where it says that the database is not there for us at this time. */
export function asUnavailable(error: unknown): DatabaseUnavailable | undefined {
  const state = sqlState(error)
  if (state === undefined) return undefined
  if (state === '25006') return new DatabaseUnavailable('read_only', error)
  if (/^(08|57P|28)/.test(state)) return new DatabaseUnavailable('unreachable', error)
  // Statement cancelled, lock not had in time, out of memory, disk or connections.
  if (state === '57014' || state === '55P03' || state.startsWith('53')) {
    return new DatabaseUnavailable('busy', error)
  }
  return undefined
}
