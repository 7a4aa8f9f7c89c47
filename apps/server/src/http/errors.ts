import type { FastifyError, FastifyInstance } from 'fastify'
import { DatabaseUnavailable } from '@keyholder/storage'
import { sendProblem, type Refusal } from './problem-reply.ts'

/** Turns what Fastify refuses, and what throws, into problems; what throws tells the outside nothing but its id. */
export function answerErrors(app: FastifyInstance, publicUrl: string): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, { code: 'not_found' }, publicUrl))

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalIn(error, app.initialConfig.bodyLimit)
    if (refusal) return sendProblem(reply, refusal, publicUrl)
    request.log.error({ err: error }, 'a request failed')
    if (error instanceof DatabaseUnavailable)
      return sendProblem(reply.header('retry-after', '1'), { code: 'unavailable' }, publicUrl)
    return sendProblem(reply, { code: 'internal', requestId: request.id }, publicUrl)
  })
}

/** What Fastify itself refuses, by its own code or, where that lies in Node's parser, by the status it chose. */
function refusalIn(error: FastifyError, limit: number | undefined): Refusal | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 'body_too_large', limit }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
      return { code: 'media_type_unsupported' }
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { code: 'not_found' }
  }
  const status = error.statusCode ?? 500
  return status >= 400 && status < 500 ? { code: 'request_malformed' } : undefined
}
