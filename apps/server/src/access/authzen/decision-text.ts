import type { Decided } from '../question/decide-asked.ts'
import { granted } from '../question/reasons.ts'

/** An answer as JSON. Most are alike but for the revision, so little is left to put together. */
export function decisionText({ decision, reasons, revision, explanation, error }: Decided): string {
  const codes = reasons === granted ? '["granted"]' : JSON.stringify(reasons)
  // A revision is made of an account's id and a number: nothing in it has to be escaped.
  const at = revision === undefined ? '' : `,"revision":"${revision}"`
  const more =
    explanation === undefined && error === undefined
      ? ''
      : `,${JSON.stringify({ explanation, error }).slice(1, -1)}`
  return `{"decision":${decision},"context":{"reasons":${codes}${at}${more}}}`
}
