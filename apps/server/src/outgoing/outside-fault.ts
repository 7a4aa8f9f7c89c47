import { AddressRefused } from './guarded-connect.ts'

/** Why nothing was got from outside, in words that tell nothing of what stands there. */
export interface OutsideFault {
  readonly code:
    | 'outside_address_unusable'
    | 'outside_address_refused'
    | 'outside_unreachable'
    | 'outside_too_slow'
    | 'outside_redirects'
    | 'outside_answer_too_large'
    | 'outside_answer_unreadable'
}

/** What an error that came of connecting or reading means. */
export function faultOf(error: unknown): OutsideFault['code'] {
  const chain = causesOf(error)
  if (chain.some((cause) => cause instanceof AddressRefused)) return 'outside_address_refused'
  if (chain.some((cause) => cause.name === 'TimeoutError' || isTimeout(cause))) return 'outside_too_slow'
  return 'outside_unreachable'
}

/** An error with all that it came of; several addresses that were tried give several causes. */
function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return []
  const tried = error instanceof AggregateError ? error.errors : []
  return [error, ...causesOf(error.cause), ...tried.flatMap(causesOf)]
}

function isTimeout(error: Error & { readonly code?: unknown }): boolean {
  return typeof error.code === 'string' && /^UND_ERR_.*TIMEOUT$/.test(error.code)
}
