import { beforeAll, describe, expect, test } from 'vitest'
import { startTestNode, startTestServer, type TestClient, type TestNode } from '@keyholder/testkit/server'

/*
 * T14: one invitation, two nodes, everybody at once. Tampering, expiry, other purposes and the inviter's power stand
 * in apps/server/src/invitation/answer-invitation.test.ts.
 */

const server = await startTestServer()
const invitations = '/api/v1/accounts/acme/invitations'
const ada = server.as('ada')
let nodes: readonly [TestNode, TestNode]
beforeAll(() => {
  nodes = [startTestNode(server), startTestNode(server)]
})

let invited = 0

async function invite() {
  const email = `guest-${invited++}@example.test`
  const made = await ada.post(invitations, { kind: 'external', email, default_role: { role: 'viewer' } })
  return { email, id: made.json<{ id: string }>().id, token: await tokenTo(email) }
}

async function tokenTo(recipient: string): Promise<string> {
  const mails = await server.operator.get('/api/v1/outbox', { query: { recipient, limit: '1' } })
  const link = mails.json<{ items: { links: string[] }[] }>().items[0]?.links[0]
  return link?.split('#')[1] ?? ''
}

const accept = (client: TestClient, token: string) =>
  client.post('/api/v1/invitations/accept', { token, sign_up: { name: 'Ines' } })
const logins = (email: string) => server.database.asOwner('select id from users where email = $1', [email])

describe('an invitation', () => {
  test('is accepted once, by fifty at the same instant on two nodes', async () => {
    const { email, token } = await invite()
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, number) => accept(nodes[number % 2 === 0 ? 0 : 1].operator, token)),
    )

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.map(({ status }) => status).filter((status) => ![200, 409, 410].includes(status))).toEqual(
      [],
    )
    expect(await logins(email)).toHaveLength(1)
  })

  test('is either accepted or taken back, when both happen at the same instant', async () => {
    for (let round = 0; round < 15; round++) {
      const { id, email, token } = await invite()
      const [accepted, revoked] = await Promise.all([
        accept(nodes[0].operator, token),
        nodes[1].operator.delete(`${invitations}/${id}`),
      ])

      expect([accepted.status, revoked.status]).toBeOneOf([
        [200, 410],
        [410, 200],
      ])
      expect(await logins(email)).toHaveLength(accepted.status === 200 ? 1 : 0)
    }
  })

  test('is accepted by no older link, once it was sent again on another node', async () => {
    const { id, email, token } = await invite()
    await nodes[1].operator.post(`${invitations}/${id}/resend`, {})

    expect((await accept(nodes[0].operator, token)).status).toBe(404)
    expect((await accept(nodes[0].operator, await tokenTo(email))).status).toBe(200)
  })

  test('has no power that its inviter lost a moment ago on another node', async () => {
    const { id } = (
      await server.as('admin').post(invitations, {
        kind: 'external',
        email: 'late@example.test',
        default_role: { role: 'viewer' },
      })
    ).json<{ id: string }>()
    const token = await tokenTo('late@example.test')
    await nodes[1].operator.put('/api/v1/accounts/acme/members/admin/status', { status: 'suspended' })

    expect((await accept(nodes[0].operator, token)).json()).toMatchObject({ code: 'invitation_not_backed' })
    expect((await ada.get(`${invitations}/${id}`)).json()).toMatchObject({ state: 'pending' })
  })
})
