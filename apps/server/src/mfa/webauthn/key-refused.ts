import { refuse } from '@keyholder/core'

/** A key's answer is not taken. The caller is told only that; the reason is for the operator's log. */
export interface KeyRefused {
  readonly code: 'key_refused'
  readonly reason: string
}

export function refuseKey(reason: string) {
  return refuse<KeyRefused>({ code: 'key_refused', reason })
}

/** Thrown by a check of ours, beside those of the library, and caught with them. */
export class KeyFault extends Error {}

/** Why something was thrown while an answer was read. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'Something that is no error was thrown.'
}
