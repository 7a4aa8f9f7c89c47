import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/members-bulk`
const all = ['usr_viv', 'kim', 'usr_nora']

const done = async () => (await server.events('acme')).filter(({ outcome }) => outcome === 'done')
const member = async (user: string) => (await server.as('ada').get(`${account}/members/${user}`)).json()

describe('the same change of many people', () => {
  test('gives all of them a default role, in one revision, with an event and a result each', async () => {
    const before = await server.revision('acme')
    const action = { kind: 'set_default_role', default_role: { role: 'viewer' } }
    const reply = await server.as('admin').post(path, { users: [...all, 'usr_kim'], action })

    expect(reply.json()).toEqual({
      results: [
        { user: 'usr_viv', outcome: 'unchanged' },
        { user: 'usr_kim', outcome: 'done' },
        { user: 'usr_nora', outcome: 'done' },
      ],
    })
    expect(reply.headers['keyholder-revision']).toBe(`acc_acme:${before + 1}`)
    expect((await server.as('nora').get(`${account}/organizations`)).status).toBe(200)
    expect((await done()).slice(-2)).toMatchObject([
      { action: 'member.update', target: { id: 'usr_kim' }, after: { default_role: [{ role: 'viewer' }] } },
      { action: 'member.update', target: { id: 'usr_nora' } },
    ])
  })

  test('gives a role over one organization, and changes nothing where it is held', async () => {
    const action = { kind: 'grant', role: 'user', organization: 'oslo', ends_at: '2999-01-01T00:00:00Z' }
    const first = await server.as('admin').post(path, { users: all, action })
    const before = await server.revision('acme')
    const again = await server.as('admin').post(path, { users: all, action })

    expect(first.json().results).toMatchObject(all.map(() => ({ outcome: 'done' })))
    expect(again.json().results).toMatchObject(all.map(() => ({ outcome: 'unchanged' })))
    expect(await server.revision('acme')).toBe(before)
  })

  test('puts them into a group and takes them out', async () => {
    const added = await server
      .as('admin')
      .post(path, { users: all, action: { kind: 'add_to_group', group: 'field' } })
    const during = (await server.as('ada').get(`${account}/groups/field`)).json().users as number
    await server.as('admin').post(path, { users: all, action: { kind: 'remove_from_group', group: 'field' } })
    const after = (await server.as('ada').get(`${account}/groups/field`)).json().users as number

    expect(added.json().results).toMatchObject([
      { outcome: 'unchanged' },
      { outcome: 'done' },
      { outcome: 'done' },
    ])
    expect([during, after]).toEqual([3, 0])
  })

  test('suspends them, and lets them in again', async () => {
    await server.as('admin').post(path, { users: all, action: { kind: 'suspend' } })
    const during = await member('usr_kim')
    await server.as('admin').post(path, { users: all, action: { kind: 'reactivate' } })

    expect([during.status, (await member('usr_kim')).status]).toEqual(['suspended', 'active'])
  })

  test('is previewed: who would lose what, and nothing is done', async () => {
    const body = { users: all, action: { kind: 'suspend' } }
    const preview = await server.as('admin').post(`${path}?preview=true`, body)
    const applied = await server
      .as('admin')
      .post(path, body, { headers: { 'keyholder-preview': preview.json().preview.hash } })

    expect(preview.status).toBe(200)
    for (const user of ['usr_viv', 'usr_kim', 'usr_nora']) expect(preview.text).toContain(user)
    expect(applied.json().results).toHaveLength(3)
    await server.as('admin').post(path, { users: all, action: { kind: 'reactivate' } })
  })
})

describe('a change of many that cannot be made to some', () => {
  test('is made to nobody, and names everybody who is in the way', async () => {
    const before = await server.revision('acme')
    const reply = await server
      .as('admin')
      .post(path, { users: ['usr_kim', 'usr_ada', 'usr_sue'], action: { kind: 'remove' } })

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({
      code: 'bulk_beyond_own_access',
      rows: [
        { user: 'usr_ada', code: 'member_protected' },
        { user: 'usr_sue', code: 'member_protected' },
      ],
    })
    expect(await server.revision('acme')).toBe(before)
    expect((await member('usr_kim')).id).toBe('usr_kim')
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.change_many',
      outcome: 'refused',
      reason: 'bulk_beyond_own_access',
    })
  })

  test('for want of sense is told apart from want of rights', async () => {
    const action = { kind: 'grant', role: 'user', ends_at: '2020-01-01T00:00:00Z' }
    const reply = await server.as('admin').post(path, { users: ['usr_kim', 'usr_viv'], action })

    expect(reply.json()).toMatchObject({
      code: 'bulk_refused',
      status: 422,
      rows: [{ user: 'usr_kim', code: 'grant_never_current' }, { user: 'usr_viv' }],
    })
  })

  test('never removes all superusers together', async () => {
    const reply = await server
      .as('ada')
      .post(path, { users: ['usr_ada', 'usr_sue'], action: { kind: 'remove' } })

    expect(reply.json()).toMatchObject({ code: 'last_superuser' })
  })

  test.each([
    { users: ['usr_kim', 'usr_gus'], action: { kind: 'suspend' }, pointer: '/users/1' },
    { users: ['usr_kim'], action: { kind: 'add_to_group', group: 'nowhere' }, pointer: '/action/group' },
    { users: ['usr_kim'], action: { kind: 'grant', role: 'emperor' }, pointer: '/action/role' },
    {
      users: ['usr_kim'],
      action: { kind: 'grant', role: 'viewer', organization: 'lima' },
      pointer: '/action/organization',
    },
  ])('is refused where a name means nothing: $pointer', async ({ users, action, pointer }) => {
    const before = await server.revision('acme')

    expect((await server.as('ada').post(path, { users, action })).json()).toMatchObject({
      code: 'reference_unknown',
      pointer,
    })
    expect(await server.revision('acme')).toBe(before)
  })

  test.each([
    { users: [], action: { kind: 'suspend' } },
    { users: ['kim'], action: { kind: 'delete' } },
    { users: ['kim'], action: { kind: 'suspend', group: 'field' } },
    { users: Array.from({ length: 501 }, () => 'kim'), action: { kind: 'suspend' } },
  ])('is refused where it makes no sense: $action', async (body) => {
    expect((await server.as('ada').post(path, body)).json()).toMatchObject({ code: 'request_invalid' })
  })

  test('is refused to whoever could not change one of them', async () => {
    const suspend = await server.as('rita').post(path, { users: ['kim'], action: { kind: 'suspend' } })
    const grant = { kind: 'grant', role: 'viewer', organization: 'rome' }
    const there = await server.as('rita').post(path, { users: ['kim'], action: grant })
    const elsewhere = await server
      .as('rita')
      .post(path, { users: ['kim'], action: { ...grant, organization: 'oslo' } })

    expect(suspend.json()).toMatchObject({ code: 'not_permitted', permission: 'member.edit' })
    expect(there.status).toBe(200)
    expect(elsewhere.json()).toMatchObject({ code: 'reference_unknown', pointer: '/action/organization' })
  })
})

test('removing many tells for each what ended', async () => {
  const reply = await server
    .as('admin')
    .post(path, { users: ['usr_viv', 'usr_nora'], action: { kind: 'remove' } })

  expect(reply.json().results).toMatchObject([
    { user: 'usr_viv', outcome: 'done', ended: { grants: [{}, {}], login: 'ended' } },
    { user: 'usr_nora', outcome: 'done', ended: { login: 'ended' } },
  ])
  expect((await server.as('ada').get(`${account}/members/usr_viv`)).status).toBe(404)
  expect((await done()).slice(-2)).toMatchObject([{ action: 'member.remove' }, { action: 'member.remove' }])
})
