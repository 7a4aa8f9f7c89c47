import { z } from 'zod'
import type { Slot } from './slot.ts'

/** Text that a person writes: trimmed, in one line, without control characters or broken Unicode. */
export function line(maximum: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must be one line without control characters')
}

/** Text of several lines; tabs and line breaks are the only control characters in it. */
export function text(maximum: number) {
  return z
    .string()
    .max(maximum)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'must not contain control characters')
}

/**
 * A field that names something else by id or by another name of it.
 *
 * The mark `x-names` lets the attack tests find every place where somebody else's id could be put.
 */
export function naming(slot: Slot) {
  return z
    .string()
    .min(1)
    .max(320)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
    .meta({ 'x-names': slot })
}

export const key = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/,
    'must be 1–63 lower-case letters, digits, `-` or `_`, with a letter or digit at both ends',
  )

export const moment = z.iso.datetime({ offset: true }).describe('A moment, as RFC 3339 writes it')
