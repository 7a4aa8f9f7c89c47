import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '@keyholder/contract'
import { sendProblem } from './problem-reply.ts'
import { routeUrl } from './route-url.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Answers 405 with `Allow` where an address exists but does not take the method; call it when all routes are there. */
export function refuseOtherMethods(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  publicUrl: string,
): void {
  for (const url of new Set(endpoints.map(({ path }) => routeUrl(path)))) {
    const allowed = methods.filter((method) => app.hasRoute({ method, url }))
    const others = methods.filter((method) => !allowed.includes(method))
    app.route({
      method: others,
      url,
      config: { access: 'public' },
      onRequest: async (_request, reply) =>
        sendProblem(reply.header('allow', allowed.join(', ')), { code: 'method_not_allowed' }, publicUrl),
      handler: () => undefined,
    })
  }
}
