import type { AccountId, OrganizationId } from '@keyholder/core'
import { problems, type ProblemCode } from '@keyholder/contract'
import type { Caller } from './caller.ts'

/** An attempt that was refused because of who made it. */
export interface Denial {
  readonly caller: Caller
  /** The account whose log tells of it. */
  readonly account: AccountId
  /** What was attempted, as its event would have been called. */
  readonly action: string
  readonly organization?: OrganizationId | undefined
  readonly reason: ProblemCode
  readonly requestId: string
}

/** Whether a refusal is about the caller's rights, and not about what they sent. */
export function isDenial(code: ProblemCode): boolean {
  return problems[code].status === 403 || (code as string) === 'last_superuser'
}
