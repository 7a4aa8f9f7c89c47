import type { TestServer } from '@keyholder/testkit/server'

export const path = '/api/v1/accounts/acme/invitations'
let people = 0

/** An address that nobody has yet. */
export function newcomer(): string {
  people++
  return `new-${people}@elsewhere.example`
}

/** The token in the newest mail to this address: from the one place that has it. */
export async function tokenTo(server: TestServer, recipient: string): Promise<string> {
  const mails = await server.operator.get('/api/v1/outbox', { query: { recipient, limit: '1' } })
  const link = mails.json().items[0]?.links[0] as string | undefined
  return link?.split('#')[1] ?? ''
}

/** Somebody new, invited by somebody of Acme, with their link. */
export async function invited(server: TestServer, body: object = {}, by = 'ada') {
  const email = newcomer()
  const reply = await server.as(by).post(path, { kind: 'external', email, ...body })
  return { email, reply, id: reply.json().id as string, token: await tokenTo(server, email) }
}

/** Whether a person may view assets there, asked as a host product asks. */
export async function mayView(server: TestServer, user: string, place: string, action = 'view') {
  const reply = await server.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: user },
    action: { name: action },
    resource: {
      type: 'asset',
      id: '1',
      properties: place.includes('/') ? { organization: place } : { account: place },
    },
  })
  return reply.json().decision as boolean
}
