import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Endpoint } from '@keyholder/contract'
import type { Result } from '@keyholder/core'
import { sendProblem, type Refusal } from '../../http/problem-reply.ts'
import { validate } from '../../http/validate.ts'
import type { Unready } from '../replica/replica.ts'
import { bodyCheck } from './body-check.ts'
import { malformedAnswer } from './malformed-answer.ts'
import { letIn, recallAsker, type Asker, type LetInDeps } from './let-in.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks for a decision, once they were let in. */
    asker?: Asker | undefined
  }
}

export interface AskDeps extends LetInDeps {
  readonly publicUrl: string
}

/** An answer as text, or why there is none; without waiting where nothing has to be waited for. */
export type Answering = Result<string, Unready | Refusal> | Promise<Result<string, Unready | Refusal>>

/**
 * Ties an endpoint of decisions to the function that answers it.
 *
 * These are the product's busiest routes by far. They go past the general binding, hold bodies against the same
 * contract compiled, and wait for nothing that is in memory.
 */
export function askRoute<Body extends z.ZodType>(
  app: FastifyInstance,
  deps: AskDeps,
  endpoint: Endpoint & { readonly body: Body },
  answer: (asker: Asker, body: z.output<Body>) => Answering,
): void {
  const { method, path, access, body: schema } = endpoint
  const isValid = bodyCheck(schema)

  app.route({
    method,
    url: path,
    config: { access },
    // A logger of its own for each request costs more than a decision; the name of the request is added where it logs.
    childLoggerFactory: (logger) => logger,
    onRequest: (request, reply, done) => {
      echoRequestId(request, reply)
      request.asker = recallAsker(deps, request)
      if (request.asker) done()
      else void lookUpAsker(deps, endpoint, request, reply, done)
    },
    errorHandler: malformedAnswer(deps.publicUrl),
    handler: (request, reply) => {
      const { asker, body } = request
      if (!asker) throw new Error(`${path} was reached by a request that was not let in`)
      if (!isValid(body)) {
        const faults = validate(schema, 'body', body)
        const refusal: Refusal = faults.ok ? { code: 'request_invalid' } : { ...faults.refusal }
        return sendProblem(reply, refusal, deps.publicUrl)
      }
      const answering = answer(asker, body)
      if (!(answering instanceof Promise)) return send(reply, answering, deps.publicUrl)
      return answering.then((answered) => send(reply, answered, deps.publicUrl))
    },
  })
}

async function lookUpAsker(
  deps: AskDeps,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
): Promise<void> {
  const found = await letIn(deps, request, endpoint).catch((error: unknown) => error as Error)
  if (found instanceof Error) return done(found)
  if (!found.ok) return void sendProblem(reply, { ...found.refusal }, deps.publicUrl)
  request.asker = found.value
  done()
}

/** The standard wants the caller's own identifier back, whatever it looks like. */
function echoRequestId({ headers }: FastifyRequest, reply: FastifyReply): void {
  const given = headers['x-request-id']
  if (typeof given === 'string') reply.header('x-request-id', given)
}

function send(
  reply: FastifyReply,
  answered: Result<string, Unready | Refusal>,
  publicUrl: string,
): FastifyReply {
  if (answered.ok) return reply.header('content-type', 'application/json; charset=utf-8').send(answered.value)
  const { refusal } = answered
  if (refusal.code === 'unavailable') reply.header('retry-after', '1')
  return sendProblem(reply, refusal as Refusal, publicUrl)
}
