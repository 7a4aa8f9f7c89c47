import fastify from 'fastify'

/* Fastify as it comes, with a schema for the body and one for the answer, and nothing behind them. */
const named = {
  type: 'object',
  required: ['type', 'id'],
  properties: { type: { type: 'string' }, id: { type: 'string' } },
}
const app = fastify()
app.post<{ Body: { subject: { id: string } } }>(
  '/access/v1/evaluation',
  {
    schema: {
      body: {
        type: 'object',
        required: ['subject', 'action', 'resource'],
        properties: {
          subject: named,
          action: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
          resource: named,
        },
      },
      response: { 200: { type: 'object', properties: { decision: { type: 'boolean' } } } },
    },
  },
  async ({ body }) => ({ decision: body.subject.id !== '' }),
)
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
console.log('ready')
