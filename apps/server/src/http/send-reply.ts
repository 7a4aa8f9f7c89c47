import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { isContent, type Endpoint, type StreamBody } from '@keyholder/contract'
import type { Finished, Reply } from './call.ts'
import { etag } from './etag.ts'
import type { HttpDeps } from './http-deps.ts'
import { sendProblem } from './problem-reply.ts'

type Answered = Exclude<Reply<Endpoint>, { ok: false } | Finished>

/** Sends what a handler answered; with `checksAnswers`, an answer that breaks the contract is a fault of ours. */
export async function sendReply(
  deps: HttpDeps,
  endpoint: Endpoint,
  reply: FastifyReply,
  answer: Reply<Endpoint>,
): Promise<FastifyReply> {
  if ('ok' in answer) return sendProblem(reply, answer.refusal, deps.publicUrl)
  const declared = !('finished' in answer) && endpoint.answers[answer.status]
  if (declared && isContent(declared)) {
    return reply
      .code(answer.status)
      .headers(answer.headers ?? {})
      .send(streamOf(answer.body as StreamBody))
  }
  const { finished } = 'finished' in answer ? answer : finish(deps, endpoint, answer)
  return reply.code(finished.status).headers(finished.headers).send(finished.text)
}

/** The final form of an answer, as it is sent and as it is kept for a repeated request. */
export function finish(
  deps: Pick<HttpDeps, 'checksAnswers'>,
  endpoint: Endpoint,
  answer: Answered,
): Finished {
  if (deps.checksAnswers) holdAgainstContract(endpoint, answer)
  const version = answer.version === undefined ? {} : { etag: etag(answer.version) }
  return finishJson(answer.status, answer.body, { ...version, ...answer.headers })
}

export function finishJson(
  status: number,
  body: unknown,
  headers: Finished['finished']['headers'] = {},
): Finished {
  if (body === undefined) return { finished: { status, headers, text: '' } }
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return { finished: { status, headers: { ...type, ...headers }, text: JSON.stringify(body) } }
}

function holdAgainstContract({ id, answers }: Endpoint, { status, body }: Answered): void {
  const declared = answers[status]
  if (!declared) throw new Error(`${id} answered with ${status}, which it does not declare`)
  if (isContent(declared)) return
  const { success, error } = declared.safeParse(body)
  if (!success) throw new Error(`${id} answered with a body of another form: ${error.message}`)
}

function streamOf(body: StreamBody): Readable | string {
  return typeof body === 'string' ? body : Readable.from(body, { objectMode: false })
}
