import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problem-reply.ts'

/**
 * Refuses a request for another host.
 *
 * Nothing that is emitted is built from the request's host; refusing strange ones besides keeps them out of caches
 * and logs, and keeps a page on another name (DNS rebinding) from talking to a server on loopback. Addresses of the
 * machine itself pass, so that probes by IP work.
 */
export function refuseForeignHosts(app: FastifyInstance, publicUrl: string): void {
  const expected = new URL(publicUrl).host

  app.addHook('onRequest', (request, reply, done) => {
    const host = hostOf(request.raw)
    if (host !== undefined && (host === expected || isAddress(host))) return done()
    return sendProblem(reply, { code: 'host_unknown' }, publicUrl)
  })
}

/** The one host that a request names; nothing where it names none, or several for somebody else to choose from. */
function hostOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const named = rawHeaders.filter(
    (name, place) => place % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host',
  )
  return named.length > 1 ? undefined : headers.host
}

function isAddress(host: string): boolean {
  return /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)
}
