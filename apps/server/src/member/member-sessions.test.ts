import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const of = (user: string) => `/api/v1/accounts/acme/members/${user}/sessions`
const sessionsOf = async (user: string) =>
  (await server.as('ada').get(of(user))).json<{ items: { id: string; current: boolean }[] }>().items

describe('the sessions of a user', () => {
  test('are shown to whoever may reset their credentials, with where they come from', async () => {
    await server.signIn('viv')
    const reply = await server.as('admin').get(of('viv'))

    expect(reply.json()).toMatchObject({
      items: [{ current: false, first_factor: 'password', pending: null }],
      total: 1,
    })
    expect(reply.text).not.toMatch(/khs_|token/)
  })

  test('are ended one by one, from the next request on', async () => {
    const [here, there] = [await server.signIn('viv'), await server.signIn('viv')]
    const mine = (await here.get('/api/v1/session')).json<{ id: string }>().id
    const ended = await server.as('admin').delete(`${of('viv')}/${mine}`)

    expect(ended.status).toBe(204)
    expect((await here.get('/api/v1/me')).json()).toMatchObject({ code: 'session_invalid' })
    expect((await there.get('/api/v1/me')).status).toBe(200)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'session.end',
      actor: { user: worldIds.user('admin') },
      target: { type: 'session', id: mine },
      before: { user: worldIds.user('viv') },
    })
    expect((await server.as('admin').delete(`${of('viv')}/${mine}`)).status).toBe(404)
  })

  test('are ended all at once, half-begun ones too, each with its event', async () => {
    const viv = await server.signIn('viv')
    await server.signIn('viv')
    await server.database.asOwner(
      `update sessions set pending = 'second_factor' where id = (
         select id from sessions where user_id = $1 order by started_at desc limit 1)`,
      [worldIds.user('viv')],
    )
    const open = await sessionsOf('viv')
    const before = (await server.events('acme')).length
    const reply = await server.as('admin').delete(of('viv'))

    expect(reply.json()).toEqual({ ended: open.length })
    expect(await sessionsOf('viv')).toEqual([])
    expect((await viv.get('/api/v1/me')).status).toBe(401)
    expect(await server.events('acme')).toHaveLength(before + open.length)
  })

  test('can be the administrator’s own', async () => {
    const admin = await server.signIn('admin')
    const reply = await admin.get(of('admin'))

    expect(reply.json().items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    expect((await admin.delete(of('admin'))).status).toBe(200)
    expect((await admin.get('/api/v1/me')).status).toBe(401)
  })
})

describe('nobody ends the sessions', () => {
  test.each(['get', 'delete'] as const)('of somebody who holds more than they do: %s', async (method) => {
    const ada = await server.signIn('ada')
    const reply = await server.as('admin')[method](of('ada'))

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'member_protected', member: worldIds.user('ada') })
    expect((await ada.get('/api/v1/me')).status).toBe(200)
    expect((await server.events('acme')).at(-1)).toMatchObject({ outcome: 'refused' })
  })

  test('one by one either, whoever’s name stands in the address', async () => {
    const ada = await server.signIn('ada')
    const { id } = (await ada.get('/api/v1/session')).json<{ id: string }>()
    const named = await server.as('admin').delete(`${of('ada')}/${id}`)
    const disguised = await server.as('admin').delete(`${of('viv')}/${id}`)

    expect([named.status, disguised.status]).toEqual([403, 404])
    expect((await ada.get('/api/v1/me')).status).toBe(200)
  })

  test('of an external user, whose login is their home’s', async () => {
    const mallory = await server.signIn('mallory')
    const replies = await Promise.all([
      server.as('ada').get(of('mallory')),
      server.as('ada').delete(of('mallory')),
      server.operator.delete(of('mallory')),
    ])

    expect(replies.map(({ status }) => status)).toEqual([422, 422, 422])
    expect(replies.map((reply) => reply.json()['code'])).toEqual(replies.map(() => 'member_from_elsewhere'))
    expect((await mallory.get('/api/v1/me')).status).toBe(200)
  })

  test('of somebody who is not in the account at all', async () => {
    const gus = await server.signIn('gus')
    const madeUp = await server.as('ada').delete(of('nobody'))
    const real = await server.as('ada').delete(of('gus'))

    expect(real.status).toBe(404)
    expect(real.text).toBe(madeUp.text)
    expect((await gus.get('/api/v1/me')).status).toBe(200)
  })

  test.each(['viv', 'rita', 'nora', 'kim'])(
    'without the permission over the whole account: %s',
    async (who) => {
      const reply = await server.as(who).delete(of('nora'))

      expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'member.reset_credentials' })
    },
  )

  test('with the cursor of somebody else’s list', async () => {
    for (const user of ['viv', 'viv', 'nora', 'nora']) await server.signIn(user)
    const { next_cursor: cursor } = (
      await server.as('admin').get(of('viv'), { query: { limit: '1' } })
    ).json<{ next_cursor: string }>()
    const own = await server.as('admin').get(of('viv'), { query: { limit: '1', cursor } })
    const other = await server.as('admin').get(of('nora'), { query: { limit: '1', cursor } })

    expect(own.status).toBe(200)
    expect(other.json()).toMatchObject({ code: 'cursor_invalid' })
  })
})
