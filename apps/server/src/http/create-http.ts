import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { demandAccess } from './demand-access.ts'
import { answerNoRequest } from './answer-no-request.ts'
import { answerErrors } from './errors.ts'
import { refuseForeignHosts } from './host.ts'
import { requestId } from './request-id.ts'
import { takeForms } from './take-forms.ts'
import { sendProblem } from './problem-reply.ts'
import { addSecurityHeaders, securityHeaders } from './security-headers.ts'

export interface HttpOptions {
  readonly publicUrl: string
  /** In bytes. */
  readonly bodyLimit: number
  readonly log: FastifyBaseLogger
  /** Proxies that are believed about whom they send for. */
  readonly trustedProxies?: readonly string[] | undefined
}

/** An HTTP server that knows no route yet and refuses all that is not well-formed JSON from a known address. */
export function createHttp({ publicUrl, bodyLimit, log, trustedProxies }: HttpOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: trustedProxies ? [...trustedProxies] : false,
    genReqId: requestId,
    routerOptions: { maxParamLength: 400 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: false,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // An address that cannot be read reaches no route and no hook.
    frameworkErrors: (_error, request, reply) => {
      reply.headers({ ...securityHeaders(publicUrl), 'x-request-id': request.id })
      sendProblem(reply, { code: 'not_found' }, publicUrl)
    },
    clientErrorHandler: answerNoRequest,
  })
  app.removeContentTypeParser('text/plain')
  takeForms(app)
  demandAccess(app)
  addSecurityHeaders(app, publicUrl)
  refuseForeignHosts(app, publicUrl)
  answerErrors(app, publicUrl)
  return app
}
