import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { act, connect, connectedWorld, may } from '../connection/connections.fixture.ts'
import { tokenTo } from '../invitation/invitations.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const account = '/api/v1/accounts/nightowl'
const groups = `${account}/groups`
const otto = server.as('otto')
const refused = { code: 'not_permitted', permission: 'connection.edit' }

async function shift(): Promise<readonly string[]> {
  const { items } = (await server.as('nadia').get(`${groups}/night-shift/members`)).json()
  return items.map(({ id }: { id: string }) => id)
}

// Otto keeps the groups and the people, and has no say in connections; night-shift may use the one to Contoso.
beforeAll(async () => {
  const permissions = ['asset.view', 'asset.edit', 'group.view', 'group.edit', 'member.view', 'member.invite']
  permissions.push('invitation.view', 'invitation.create', 'invitation.edit')
  const nadia = server.as('nadia')
  await nadia.post(`${account}/roles`, { key: 'keeper', name: 'Keeper', permissions })
  const given = await nadia.post(`${account}/grants`, { user: 'otto', role: 'keeper' })
  if (given.status !== 201) throw new Error(given.text)
  const id = await connect(server, { openings: [{}] })
  await act(nadia, 'nightowl', id, 'delegates', { delegates: 'night-shift' })
})

describe('whoever edits groups and not connections', () => {
  test('fills the groups that no connection is used by', async () => {
    expect((await otto.post(`${groups}/ops/members`, { users: ['lisa'] })).status).toBe(200)
    expect((await otto.delete(`${groups}/ops/members/lisa`)).status).toBe(204)
  })

  test('does not put themselves among the delegates, and so does not enter the host', async () => {
    const reply = await otto.post(`${groups}/night-shift/members`, { users: ['otto'] })

    expect(reply.json()).toMatchObject(refused)
    expect(await may(server, 'otto', 'view', 'contoso')).toBe(false)
  })

  test('takes nobody out of the delegates', async () => {
    expect((await otto.delete(`${groups}/night-shift/members/vito`)).json()).toMatchObject(refused)
    expect(await shift()).toEqual(['usr_vito'])
  })

  test.each([
    { kind: 'add_to_group', user: 'otto' },
    { kind: 'remove_from_group', user: 'vito' },
  ])('cannot $kind among many either', async ({ kind, user }) => {
    const action = { kind, group: 'night-shift' }

    expect((await otto.post(`${account}/members-bulk`, { users: [user], action })).json()).toMatchObject(
      refused,
    )
    expect(await shift()).toEqual(['usr_vito'])
  })

  test('makes nobody who is a delegate from the start', async () => {
    const body = { email: 'mole@nightowl.example', groups: ['night-shift'] }

    expect((await otto.post(`${account}/members`, body)).json()).toMatchObject(refused)
  })

  test('invites nobody among the delegates', async () => {
    const body = { kind: 'home', email: 'mole@nightowl.example', groups: ['night-shift'] }

    expect((await otto.post(`${account}/invitations`, body)).json()).toMatchObject(refused)
  })

  test('answers for no invitation into a group that has become one of delegates since', async () => {
    const nadia = server.as('nadia')
    const { items } = (await nadia.get(`${account}/connections`, { query: { side: 'guest' } })).json()
    const id = items[0].id as string
    await act(nadia, 'nightowl', id, 'delegates', { delegates: null })
    const email = 'ursula@unrelated.example'
    const invited = await otto.post(`${account}/invitations`, {
      kind: 'external',
      email,
      groups: ['night-shift'],
    })
    await act(nadia, 'nightowl', id, 'delegates', { delegates: 'night-shift' })
    const token = await tokenTo(server, email)
    const accepted = await server.as('ursula').post('/api/v1/invitations/accept', { token })
    const again = await otto.post(`${account}/invitations/${invited.json().id}/resend`)

    expect(invited.status).toBe(201)
    expect(accepted.json()).toMatchObject({ code: 'invitation_not_backed' })
    expect(again.json()).toMatchObject(refused)
  })
})

test('whoever edits connections as well fills a group of delegates, and lets them in', async () => {
  const reply = await server.as('nadia').post(`${groups}/night-shift/members`, { users: ['otto'] })

  expect(reply.status).toBe(200)
  expect(await may(server, 'otto', 'view', 'contoso')).toBe(true)
})
