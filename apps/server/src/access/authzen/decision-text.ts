import type { Decided } from '../question/decide-asked.ts'

/**
 * An answer as JSON.
 *
 * Most answers are alike but for the revision, so the text of their reasons is put together once.
 */
export function decisionText({ decision, reasons, revision, explanation, error }: Decided): string {
  const more =
    (revision === undefined ? '' : `,"revision":${JSON.stringify(revision)}`) +
    (explanation === undefined ? '' : `,"explanation":${JSON.stringify(explanation)}`) +
    (error === undefined ? '' : `,"error":${JSON.stringify(error)}`)
  return `{"decision":${decision},"context":{"reasons":${JSON.stringify(reasons)}${more}}}`
}
