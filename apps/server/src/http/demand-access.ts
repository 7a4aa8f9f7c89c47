import type { FastifyInstance } from 'fastify'

/** Stops the start where a route does not say what it demands of its caller. */
export function demandAccess(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined)
      throw new Error(`${String(method)} ${url} does not declare the access it needs`)
  })
}
