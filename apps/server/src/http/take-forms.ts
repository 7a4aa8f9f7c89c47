import { errorCodes, type FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route reads what a form sends, which pages of other sites can make browsers send. */
    takesForms?: boolean
  }
}

/** Reads forms on the routes that say so, and on no other. A field that comes twice is a list. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      if (request.routeOptions.config.takesForms !== true) {
        done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE())
        return
      }
      done(null, fieldsOf(String(body)))
    },
  )
}

function fieldsOf(body: string): Readonly<Record<string, string | readonly string[]>> {
  const fields = new URLSearchParams(body)
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
