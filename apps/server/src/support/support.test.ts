import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { newId } from '../new-id.ts'
import { startTestServer } from '@keyholder/testkit/server'
import { noteExpiredSupport } from './note-expired-support.ts'
import { enter, signInTwice } from './support.fixture.ts'

const server = await startTestServer()
const acme = '/api/v1/accounts/acme'
const operators = '/api/v1/operators'

async function mails(template: string) {
  const rows = await server.database.asOwner<{ recipient: string; payload: Record<string, unknown> }>(
    `select recipient, payload from outbox where payload ->> 'template' = $1 order by created_at, id`,
    [template],
  )
  return rows
}

describe('the staff', () => {
  test('is named by the deployment’s owner, once each, and listed', async () => {
    const path = `${operators}/otto@nightowl.example`
    const [first, again] = [await server.operator.put(path), await server.operator.put(path)]
    const { items } = (await server.operator.get(operators)).json<{ items: object[] }>()
    const added = (await server.events('nightowl')).filter(({ action }) => action === 'operator.add')

    expect(first.status).toBe(200)
    expect(again.text).toBe(first.text)
    expect(items).toEqual([first.json()])
    expect(added).toMatchObject([{ target: { type: 'user', id: worldIds.user('otto') } }])
  })

  test.each(['put', 'delete'] as const)('is nobody’s who has no login: %s', async (method) => {
    expect((await server.operator[method](`${operators}/nobody@nightowl.example`)).status).toBe(404)
  })

  test('is not for an account to name', async () => {
    const ada = server.as('ada')
    const replies = [
      await ada.get(operators),
      await ada.put(`${operators}/usr_viv`),
      await ada.delete(`${operators}/usr_otto`),
    ]

    expect(replies.map((reply) => reply.json()['code'])).toEqual(replies.map(() => 'deployment_only'))
  })

  test('loses what it has open when it is dismissed, and the account is told', async () => {
    const { id, self } = await enter(server, 'otto')
    const removed = await server.operator.delete(`${operators}/usr_otto`)
    const again = await server.operator.delete(`${operators}/usr_otto`)
    const { items } = (await server.as('ada').get(`${acme}/support-accesses`)).json()

    expect([removed.status, again.status]).toEqual([204, 404])
    expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({ ended: { by: 'operator' } })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'support_access.end',
      actor: { kind: 'operator' },
      target: { id },
    })
    expect((await server.events('nightowl')).at(-1)).toMatchObject({ action: 'operator.remove' })
    expect(
      (await self.post('/api/v1/support-accesses', { account: 'acme', reason: 'Again' })).json(),
    ).toMatchObject({ code: 'support_not_operator' })
  })
})

describe('a support access', () => {
  test('is told to every superuser of the account when it begins, with who, why and until when', async () => {
    const before = (await mails('support_access_begun')).length
    await enter(server, 'otto', { minutes: 30 })
    const told = (await mails('support_access_begun')).slice(before)

    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([
      'ada@acme.example',
      'sue@acme.example',
    ])
    expect(told[0]?.payload).toMatchObject({
      account: { slug: 'acme' },
      operator: { email: 'otto@nightowl.example' },
      reason: 'Ticket 4711',
    })
  })

  test('is left by whoever began it, once, and the superusers are told', async () => {
    const { id, self } = await enter(server, 'otto')
    const before = (await mails('support_access_ended')).length
    const [left, again] = [
      await self.delete(`/api/v1/support-accesses/${id}`),
      await self.delete(`/api/v1/support-accesses/${id}`),
    ]
    const told = (await mails('support_access_ended')).slice(before)

    expect([left.status, again.status]).toEqual([204, 409])
    expect(told).toHaveLength(2)
    expect(told[0]?.payload).toMatchObject({ ended_by: 'operator', account: { slug: 'acme' } })
  })

  test('is nobody else’s to leave, and no other account’s to end or to see', async () => {
    const { id } = await enter(server, 'otto')
    const other = await signInTwice(server, 'gus')
    const left = await other.delete(`/api/v1/support-accesses/${id}`)
    const ended = await server.as('mallory').delete(`/api/v1/accounts/globex/support-accesses/${id}`)
    const seen = await server.as('mallory').get('/api/v1/accounts/globex/support-accesses')

    expect([left.status, ended.status]).toEqual([404, 404])
    expect(seen.text).not.toContain(id)
  })

  test('is ended by whoever may decide about support, and by nobody else', async () => {
    const { id } = await enter(server, 'otto')
    const path = `${acme}/support-accesses/${id}`

    expect((await server.as('admin').delete(path)).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'account.manage_support',
    })
    expect((await server.as('ada').delete(path)).status).toBe(204)
    expect((await server.as('ada').delete(path)).json()).toMatchObject({ code: 'support_access_over' })
  })

  test('stands in the list of whoever began it, open or over', async () => {
    const { id, self } = await enter(server, 'otto', { scope: 'change' })
    const mine = async (state: string) =>
      (await self.get('/api/v1/support-accesses', { query: { state } }))
        .json<{ items: { id: string }[] }>()
        .items.map((one) => one.id)

    expect(await mine('open')).toContain(id)
    await self.delete(`/api/v1/support-accesses/${id}`)
    expect(await mine('open')).not.toContain(id)
    expect(await mine('over')).toContain(id)
  })

  test('that ran out is over in the list at once, and in the log when that is noted, once', async () => {
    const { id } = await enter(server, 'otto')
    await server.database.asOwner(
      `update support_accesses set started_at = started_at - interval '61 minutes',
              ends_at = ends_at - interval '61 minutes' where id = $1`,
      [id],
    )
    const { items } = (await server.as('ada').get(`${acme}/support-accesses`)).json()
    const before = (await mails('support_access_ended')).length
    await noteExpiredSupport({ db: server.db, newId })
    await noteExpiredSupport({ db: server.db, newId })
    const ends = (await server.events('acme')).filter(
      ({ action, target }) => action === 'support_access.end' && target?.id === id,
    )

    expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({ ended: { by: 'expiry' } })
    expect(ends).toMatchObject([{ actor: { kind: 'system' }, after: { ended_by: 'expiry' } }])
    expect((await mails('support_access_ended')).slice(before)).toHaveLength(2)
    expect((await server.operator.post(`${acme}/events/verify`)).json()).toMatchObject({ intact: true })
  })
})

test('turning support access off ends everything that is open, with the one change', async () => {
  const access = await enter(server, 'otto')
  const { headers } = await server.as('ada').get(acme)
  const reply = await server
    .as('ada')
    .patch(acme, { settings: { support_access: false } }, { headers: { 'if-match': headers.etag ?? '' } })
  const open = await server.as('ada').get(`${acme}/support-accesses`, { query: { state: 'open' } })
  const events = (await server.events('acme')).slice(-20)

  expect(reply.status, `${reply.text}`).toBe(200)
  expect(open.json()).toMatchObject({ items: [], total: 0 })
  expect(events).toContainEqual(
    expect.objectContaining({
      action: 'support_access.end',
      target: { type: 'support_access', id: access.id },
      actor: expect.objectContaining({ user: worldIds.user('ada') }),
    }),
  )
})
