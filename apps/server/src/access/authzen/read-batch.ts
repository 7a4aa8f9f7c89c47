import { EvaluationRequest, type EvaluationsRequest } from '@keyholder/contract'
import type { z } from 'zod'
import { bodyCheck } from './body-check.ts'
import type { Evaluation } from './evaluate.ts'
import { MalformedQuestion } from './malformed-question.ts'

export type Batch = z.output<typeof EvaluationsRequest>
type Part = Readonly<Record<string, unknown>>

const isComplete = bodyCheck(EvaluationRequest)

/**
 * The questions of a batch, each with what it leaves out taken from the batch's own fields.
 *
 * A field of a question replaces the batch's as a whole, its properties included; only its `type`, `id` or `name` come
 * from there where it has none. A question that stays incomplete is answered as such, and does not spoil the others.
 */
export function readBatch(batch: Batch): readonly (Evaluation | MalformedQuestion)[] {
  const { subject, action, resource, context } = batch
  return (batch.evaluations ?? []).map((one) => {
    const question = {
      subject: filled(one.subject, subject, 'type', 'id'),
      action: filled(one.action, action, 'name', 'name'),
      resource: filled(one.resource, resource, 'type', 'id'),
      ...contextOf(one.context ?? context),
    }
    return isComplete(question) ? question : new MalformedQuestion(faultIn(question))
  })
}

function contextOf(context: unknown): { readonly context?: unknown } {
  return context === undefined ? {} : { context }
}

/** A question's own field, its names filled in from the batch's. */
function filled(own: unknown, common: Part | undefined, ...names: readonly [string, string]): unknown {
  if (own === undefined) return common
  if (common === undefined || !isPart(own)) return own
  const missing = names.filter((name) => own[name] === undefined && common[name] !== undefined)
  if (missing.length === 0) return own
  return { ...own, ...Object.fromEntries(missing.map((name) => [name, common[name]])) }
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function faultIn(question: Part): string {
  const missing = ['subject', 'action', 'resource'].filter((name) => question[name] === undefined)
  if (missing.length > 0) return `\`${missing.join('`, `')}\` is missing, here and for the whole batch.`
  const [issue] = EvaluationRequest.safeParse(question).error?.issues ?? []
  return `\`${issue?.path.join('.') ?? 'question'}\` is missing or not of its type.`
}
