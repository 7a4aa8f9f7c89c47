import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const access = (user: string) => `${account}/members/${user}/access`

describe('the access of somebody', () => {
  test('is told in sections, for the whole account and each organization that a grant is over', async () => {
    const reply = await server.as('admin').get(access('viv'))
    const [rome] = reply.json().items

    expect(reply.json()).toMatchObject({ user: 'usr_viv', total: 1, next_cursor: null })
    expect(reply.json().everywhere).toMatchObject({
      organization: null,
      label: { roles: [{ id: 'viewer', name: 'Viewer' }], limited_by: [] },
      user: [{ grant: { role: { id: 'viewer' } }, obstacles: [] }],
      group: [],
      sso_group: [],
      connection: [],
    })
    expect(rome).toMatchObject({
      organization: { id: 'org_acme_rome', key: 'rome', name: 'Rome office' },
      label: { roles: [{ id: 'user', name: 'User' }] },
      user: [{ grant: { role: { id: 'viewer' } } }],
      group: [{ group: { name: 'field', kind: 'manual' }, grant: { role: { id: 'user' } } }],
    })
    expect(rome.permissions).toContain('asset.edit')
    expect(reply.json().everywhere.permissions).not.toContain('asset.edit')
  })

  test('names what does not count at this moment, and why', async () => {
    const suspended = await server.as('ada').get(access('sven'))
    const later = { starts_at: '2998-01-01T00:00:00Z' }
    await server
      .as('ada')
      .post(`${account}/grants`, { user: 'nora', role: 'viewer', organization: 'oslo', ...later })
    const nora = await server.as('ada').get(access('nora'))

    expect(suspended.json().everywhere).toMatchObject({
      permissions: [],
      label: { roles: [] },
      user: [{ obstacles: [{ code: 'member_suspended' }] }],
    })
    expect(nora.json().items).toMatchObject([
      {
        permissions: [],
        user: [{ obstacles: [{ code: 'not_started', starts_at: '2998-01-01T00:00:00.000Z' }] }],
      },
    ])
  })

  test('through a connection is told with its ceiling, for somebody who is no member', async () => {
    const reply = await server.as('ada').get(access('usr_otto'))

    const rome = reply
      .json<{ items: { organization: { key: string }; user: unknown[]; connection: object[] }[] }>()
      .items.find(({ organization }) => organization.key === 'rome')
    expect(rome?.user).toEqual([])
    expect(rome?.connection).toContainEqual(
      expect.objectContaining({
        label: { roles: [{ id: 'user', name: 'User' }], limited_by: [] },
        through: {
          connection: 'con_acme_nightowl',
          guest: 'acc_nightowl',
          maximum: { id: 'user', name: 'User' },
        },
      }),
    )
  })

  test('is paged by organization', async () => {
    await server.as('ada').post(`${account}/grants`, { user: 'viv', role: 'user', organization: 'oslo' })
    const first = await server.as('ada').get(access('viv'), { query: { limit: '1' } })
    const cursor = first.json().next_cursor as string
    const second = await server.as('ada').get(access('viv'), { query: { limit: '1', cursor } })

    expect(first.json()).toMatchObject({ total: 2, items: [{ organization: { key: 'oslo' } }] })
    expect(second.json()).toMatchObject({
      total: 2,
      next_cursor: null,
      items: [{ organization: { key: 'rome' } }],
    })
  })

  test('is shown to an administrator of one organization for that one only', async () => {
    const ada = await server.as('rita').get(access('ada'))
    const nora = await server.as('rita').get(access('nora'))

    expect(ada.json()).toMatchObject({
      everywhere: null,
      total: 1,
      items: [{ organization: { key: 'rome' }, label: { roles: [{ id: 'superuser' }] } }],
    })
    expect(nora.status).toBe(404)
  })

  test.each(['usr_gus', 'usr_nobody', 'otto@nightowl.test'])('is of nobody else: %s', async (user) => {
    const reply = await server.as('ada').get(access(user))
    const madeUp = await server.as('ada').get(access('usr_made_up'))

    expect(reply.status).toBe(404)
    expect(reply.text).toBe(madeUp.text)
  })

  test('is hidden from strangers and from whoever may not view members', async () => {
    expect((await server.as('gus').get(access('ada'))).status).toBe(404)
    expect((await server.as('nora').get(access('nora'))).json()).toMatchObject({ code: 'not_permitted' })
  })
})

describe('the access matrix', () => {
  const path = `${account}/access-matrix`

  test('has people by organizations, each cell with what to call it', async () => {
    const reply = await server.as('ada').get(path, { query: { q: 'rita' } })

    expect(reply.json()).toMatchObject({
      organizations: [{ key: 'oslo' }, { key: 'rome' }],
      total: 1,
      items: [
        {
          user: 'usr_rita',
          everywhere: { roles: [] },
          cells: [{ roles: [] }, { roles: [{ id: 'administrator' }] }],
        },
      ],
    })
  })

  test('has the organizations that are asked for, in their order, and external users on demand', async () => {
    const query = { organizations: 'rome,org_acme_oslo', kind: 'external' }
    const reply = await server.as('ada').get(path, { query })

    expect(reply.json()).toMatchObject({
      organizations: [{ key: 'rome' }, { key: 'oslo' }],
      items: [{ user: 'usr_mallory', cells: [{ roles: [] }, { roles: [{ id: 'viewer' }] }] }],
    })
  })

  test('is paged by people', async () => {
    const first = await server.as('ada').get(path, { query: { limit: '5' } })
    const cursor = first.json().next_cursor as string
    const second = await server.as('ada').get(path, { query: { limit: '5', cursor } })

    expect([first.json().items.length, second.json().items.length, second.json().total]).toEqual([5, 3, 8])
  })

  test('shows no organization that its reader does not see', async () => {
    const all = await server.as('rita').get(path)
    const other = await server.as('rita').get(path, { query: { organizations: 'oslo' } })
    const foreign = await server.as('ada').get(path, { query: { organizations: 'lima' } })

    expect(all.json()).toMatchObject({ organizations: [{ key: 'rome' }] })
    expect(all.json().items[0]).toMatchObject({ everywhere: null })
    expect(other.json()).toMatchObject({ code: 'reference_unknown', pointer: '/organizations' })
    expect(foreign.json().code).toBe(other.json().code)
  })

  test('has no more than fifty organizations at once', async () => {
    const organizations = Array.from({ length: 51 }, (_, number) => `o${number}`).join(',')

    expect((await server.as('ada').get(path, { query: { organizations } })).json()).toMatchObject({
      code: 'too_many_organizations',
      most: 50,
    })
  })
})
