import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../../http/problem-reply.ts'

const otherThanJson = new Set([
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_CTP_INVALID_CONTENT_TYPE',
  'FST_ERR_CTP_EMPTY_JSON_BODY',
])

/** Makes the handler that answers with 400 where another interface answers 415: the standard knows no such status. */
export function malformedAnswer(publicUrl: string) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    if (!otherThanJson.has(error.code)) {
      request.log = request.log.child({ reqId: request.id })
      throw error
    }
    const detail = 'Send a question as one JSON object, with `Content-Type: application/json`.'
    void sendProblem(reply, { code: 'request_malformed', detail }, publicUrl)
  }
}
