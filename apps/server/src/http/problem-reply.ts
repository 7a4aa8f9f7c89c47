import type { FastifyReply } from 'fastify'
import { problems, type ProblemCode } from '@keyholder/contract'

/** A refusal on its way out: its code, its facts, and where it helps a sentence more precise than the table's. */
export type Refusal<Code extends ProblemCode = ProblemCode> = {
  readonly code: Code
  readonly detail?: string
} & Readonly<Record<string, unknown>>

/**
 * Answers a refusal as RFC 9457 writes it.
 *
 * INVARIANT: the body depends on the refusal alone, never on the request, so that what must look alike is alike to
 * the byte. (The request's id stands in a header.)
 */
export function sendProblem(reply: FastifyReply, refusal: Refusal, publicUrl: string): FastifyReply {
  const { status } = problems[refusal.code]
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (typeof refusal.retryAfter === 'number') reply.header('retry-after', String(refusal.retryAfter))
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(problemBody(refusal, publicUrl))
}

function problemBody({ code, detail, ...facts }: Refusal, publicUrl: string): string {
  const kind = problems[code]
  return JSON.stringify({
    // First, so that no fact stands in the place of a member that RFC 9457 gives a meaning.
    ...onTheWire(facts),
    type: `${publicUrl}/docs/api#problem-${code}`,
    title: kind.title,
    status: kind.status,
    code,
    detail: detail ?? kind.detail,
  })
}

function onTheWire(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [snakeCase(name), fact]))
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
