import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/groups`

async function versioned(group: string) {
  const read = await server.as('ada').get(`${path}/${group}`)
  return { headers: { 'if-match': read.headers.etag ?? '' } }
}

/** Whether somebody may enter an organization, by asking for it. */
async function sees(user: string, organization: string): Promise<boolean> {
  return (await server.as(user).get(`${account}/organizations/${organization}`)).status === 200
}

const connection = async () => {
  const [row] = await server.database.asOwner<{ id: string }>(
    `select id from connections where account_id = 'acc_acme'`,
  )
  return row?.id ?? ''
}

describe('the groups of an account', () => {
  test('are listed with how many are in them, and found by name, kind and member', async () => {
    const all = await server.as('admin').get(path)
    const of = await server.as('admin').get(path, { query: { user: 'viv', kind: 'manual', q: 'FIE' } })
    const none = await server.as('admin').get(path, { query: { user: 'nora' } })

    expect(all.json()).toMatchObject({ items: [{ key: 'field', users: 1, connections: 0 }], total: 1 })
    expect([of.json().total, none.json().total]).toEqual([1, 0])
  })

  test.each(['name', 'key', 'kind', 'members', 'created_at'])('are sorted by %s', async (sort) => {
    expect((await server.as('ada').get(path, { query: { sort: `-${sort}` } })).status).toBe(200)
  })

  test('are hidden from strangers, and from whoever may not view groups', async () => {
    expect((await server.as('gus').get(path)).status).toBe(404)
    expect((await server.as('nora').get(path)).status).toBe(403)
  })
})

describe('a group', () => {
  test('is made empty, described, renamed and deleted', async () => {
    const made = await server.as('admin').post(path, { key: 'night', description: 'After six' })
    const renamed = await server
      .as('admin')
      .patch(`${path}/night`, { name: 'Night shift' }, await versioned('night'))
    const late = await server
      .as('admin')
      .patch(`${path}/night`, { name: 'Late' }, { headers: { 'if-match': made.headers.etag ?? '' } })
    const gone = await server.as('admin').delete(`${path}/night`, await versioned('night'))

    expect(made.json()).toMatchObject({ key: 'night', name: 'night', description: 'After six', users: 0 })
    expect(renamed.json()).toMatchObject({ name: 'Night shift', description: 'After six' })
    expect([made.status, renamed.status, late.status, gone.status]).toEqual([201, 200, 412, 204])
    expect((await server.events('acme')).slice(-3)).toMatchObject([
      { action: 'group.create', after: { key: 'night' } },
      { action: 'group.update', before: { name: 'night' }, after: { name: 'Night shift' } },
      { action: 'group.delete', before: { key: 'night' } },
    ])
  })

  test.each([
    { why: 'its key is taken', body: { key: 'field' }, code: 'group_name_taken' },
    {
      why: 'its name is taken in other letters',
      body: { key: 'f', name: ' FIELD ' },
      code: 'group_name_taken',
    },
    {
      why: 'its name changes how others look',
      body: { key: 'g', name: 'a\u202Eb' },
      code: 'group_name_malformed',
    },
    { why: 'a field is unknown', body: { key: 'h', members: [] }, code: 'request_invalid' },
  ])('is not made where $why', async ({ body, code }) => {
    const before = await server.revision('acme')

    expect((await server.as('ada').post(path, body)).json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
  })

  test('is not made by somebody who may not', async () => {
    expect((await server.as('rita').post(path, { key: 'mine' })).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'group.create',
    })
  })
})

describe('being in a group', () => {
  test('gives what the group has at the next question, and leaving it takes that away', async () => {
    expect(await sees('nora', 'rome')).toBe(false)
    const added = await server
      .as('admin')
      .post(`${path}/field/members`, { users: ['nora', 'usr_nora', 'viv'] })
    const during = await sees('nora', 'rome')
    const listed = await server.as('admin').get(`${path}/field/members`)
    const removed = await server.as('admin').delete(`${path}/field/members/nora`)
    const again = await server.as('admin').delete(`${path}/field/members/nora`)

    expect(added.json()).toMatchObject({ key: 'field', users: 2 })
    expect(listed.json()).toMatchObject({ items: [{ id: 'usr_nora', type: 'user' }, {}], total: 2 })
    expect([during, removed.status, again.status]).toEqual([true, 204, 404])
    expect(await sees('nora', 'rome')).toBe(false)
    expect((await server.events('acme')).filter(({ outcome }) => outcome === 'done').slice(-2)).toMatchObject(
      [
        { action: 'group.add_members', after: { users: ['usr_nora'], connections: [] } },
        { action: 'group.remove_member', after: { users: ['usr_nora'] } },
      ],
    )
  })

  test('changes nothing for somebody who is in it already', async () => {
    const before = await server.revision('acme')
    const reply = await server.as('admin').post(`${path}/field/members`, { users: ['viv'] })

    expect(reply.status).toBe(200)
    expect(await server.revision('acme')).toBe(before)
  })

  test('of a connection stands in both accounts’ logs under one hash', async () => {
    const id = await connection()
    const reply = await server.as('ada').post(`${path}/field/members`, { connections: [id] })
    const [here, there] = [await server.events('acme'), await server.events('nightowl')]

    expect(reply.json()).toMatchObject({ connections: 1 })
    expect(here.at(-1)).toMatchObject({ action: 'group.add_members', accounts: ['acc_acme', 'acc_nightowl'] })
    expect(there.at(-1)).toEqual(here.at(-1))
    expect((await server.as('ada').delete(`${path}/field/members/${id}`)).status).toBe(204)
  })

  test.each([
    { why: 'somebody of another account', body: { users: ['viv', 'usr_gus'] }, pointer: '/users/1' },
    { why: 'somebody who is not there', body: { users: ['usr_nobody'] }, pointer: '/users/0' },
    {
      why: 'another account’s connection',
      body: { connections: ['con_elsewhere'] },
      pointer: '/connections/0',
    },
  ])('is not for $why, and then for nobody in the request', async ({ body, pointer }) => {
    const before = await server.revision('acme')
    const reply = await server.as('ada').post(`${path}/field/members`, body)

    expect(reply.json()).toMatchObject({ code: 'reference_unknown', pointer })
    expect(await server.revision('acme')).toBe(before)
  })

  test('is no ladder: whoever adds somebody holds all that the group has', async () => {
    await server.as('ada').post(path, { key: 'bosses' })
    await server.as('ada').post(`${account}/grants`, { group: 'bosses', role: 'superuser' })
    const self = await server.as('admin').post(`${path}/bosses/members`, { users: ['admin'] })
    const gone = await server.as('admin').delete(`${path}/bosses`, await versioned('bosses'))

    expect(self.json()).toMatchObject({ code: 'beyond_own_access' })
    expect(gone.json()).toMatchObject({ code: 'beyond_own_access' })
    expect((await server.as('ada').get(`${path}/bosses`)).json()).toMatchObject({ users: 0 })
  })

  test('is not for the hand where the identity provider fills the group', async () => {
    await server.as('ada').post(path, { key: 'from-idp', kind: 'sso' })
    const reply = await server.as('ada').post(`${path}/from-idp/members`, { users: ['viv'] })

    expect(reply.json()).toMatchObject({ code: 'group_filled_by_sso' })
  })
})

test('deleting a group takes from its members what they had through it', async () => {
  const before = await server.as('viv').get(`${account}/members`)
  const preview = await server.as('ada').delete(`${path}/field`, { query: { preview: 'true' } })
  await server.as('ada').delete(`${path}/field`, await versioned('field'))
  const after = await server.as('viv').get(`${account}/members`)

  expect(JSON.stringify(preview.json())).toContain('usr_viv')
  expect([before.status, after.status]).toEqual([200, 403])
})

describe('a group whose members may use a connection', () => {
  const groups = '/api/v1/accounts/nightowl/groups'

  test('cannot be deleted until others may, or the connection is over', async () => {
    const made = await server.as('otto').post(groups, { key: 'shift', name: 'Night shift' })
    const headers = { 'if-match': made.headers.etag ?? '' }
    await server.database.asOwner('update connections set delegates_group_id = $1', [made.json().id])
    const refused = await server.as('otto').delete(`${groups}/shift`, { headers })
    await server.database.asOwner("update connections set status = 'ended'", [])
    const done = await server.as('otto').delete(`${groups}/shift`, { headers })

    expect(refused.status).toBe(409)
    expect(refused.json()).toMatchObject({ code: 'group_of_delegates', connections: [expect.any(String)] })
    expect(done.status).toBe(204)
  })
})
