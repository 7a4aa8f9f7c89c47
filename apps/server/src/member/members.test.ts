import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/members'
const keys = (reply: { json(): { items: { id: string }[] } }) => reply.json().items.map(({ id }) => id)

describe('the people of an account', () => {
  test('are its own users, by name, with what they have over the whole account', async () => {
    const reply = await server.as('admin').get(path)

    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({ next_cursor: null, total: 8 })
    expect(keys(reply)).not.toContain('usr_mallory')
    expect(reply.json().items[0]).toMatchObject({
      id: 'usr_ada',
      kind: 'home',
      roles: [{ role: 'superuser' }],
    })
  })

  test.each([
    { why: 'external ones only', query: { kind: 'external' }, ids: ['usr_mallory'] },
    { why: 'part of the name', query: { q: 'lovelace' }, ids: ['usr_ada'] },
    { why: 'part of the e-mail, domain included', query: { q: 'KIM@' }, ids: ['usr_kim'] },
    { why: 'several roles', query: { role: 'viewer,keeper' }, ids: ['usr_kim', 'usr_viv'] },
    { why: 'their status', query: { status: 'suspended' }, ids: ['usr_sven'] },
    { why: 'their group', query: { group: 'field' }, ids: ['usr_viv'] },
    { why: 'no role over the account', query: { restricted: 'true' }, ids: ['usr_nora', 'usr_rita'] },
    {
      why: 'a role in an organization, whatever their kind',
      query: { organization: 'oslo', kind: 'external' },
      ids: ['usr_mallory'],
    },
    { why: 'role and search together', query: { role: 'superuser', q: 'second' }, ids: ['usr_sue'] },
    { why: 'seen in a time to come', query: { seen_from: '2099-01-01T00:00:00Z' }, ids: [] },
  ])('are filtered by $why', async ({ query, ids }) => {
    const reply = await server.as('ada').get(path, { query })

    expect(keys(reply)).toEqual(ids)
    expect(reply.json().total).toBe(ids.length)
  })

  test.each(['name', 'email', 'role', 'verified', 'mfa', 'status', 'kind', 'last_seen_at', 'joined_at'])(
    'are sorted by %s, page by page, each once',
    async (sort) => {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const query: Record<string, string> = { sort: `-${sort}`, limit: '3', ...(cursor && { cursor }) }
        const reply = await server.as('ada').get(path, { query })
        seen.push(...keys(reply))
        cursor = reply.json().next_cursor
      } while (cursor)

      expect(new Set(seen).size).toBe(8)
      expect(seen).toHaveLength(8)
    },
  )

  test('are only those with a role in the organizations of somebody who sees no more', async () => {
    const all = await server.as('rita').get(path)
    const external = await server.as('rita').get(path, { query: { kind: 'external' } })
    const one = await server.as('rita').get(`${path}/usr_nora`)
    const elsewhere = await server.as('rita').get(path, { query: { organization: 'oslo' } })

    expect(keys(all)).toContain('usr_rita')
    expect(keys(all)).not.toContain('usr_nora')
    expect(keys(external)).toEqual([])
    expect(one.status).toBe(404)
    expect(elsewhere.json()).toMatchObject({ code: 'reference_unknown', pointer: '/organization' })
  })

  test.each(['role', 'group', 'organization'])(
    'are not filtered by a %s that is not there',
    async (filter) => {
      const reply = await server.as('ada').get(path, { query: { [filter]: 'lima' } })

      expect(reply.json()).toMatchObject({ code: 'reference_unknown', pointer: `/${filter}` })
    },
  )

  test('are read one by one, by id, e-mail or external id', async () => {
    const byId = await server.as('admin').get(`${path}/usr_ada`)
    const byEmail = await server.as('admin').get(`${path}/${byId.json().email.toUpperCase()}`)
    const byExternalId = await server.as('admin').get(`${path}/ada`)

    expect(byId.json()).toMatchObject({ name: 'Ada Lovelace', home: { slug: 'acme' } })
    expect(byId.headers.etag).toBe('"1"')
    expect(byEmail.text).toBe(byId.text)
    expect(byExternalId.text).toBe(byId.text)
  })

  test('are nobody else: somebody of another account is not found, as somebody made up', async () => {
    const foreign = await server.as('ada').get(`${path}/usr_gus`)
    const madeUp = await server.as('ada').get(`${path}/usr_nobody`)

    expect(foreign.status).toBe(404)
    expect(foreign.text.replace('usr_gus', 'usr_nobody').replace(/"request_id":"[^"]*"/, '')).toBe(
      madeUp.text.replace(/"request_id":"[^"]*"/, ''),
    )
  })

  test('are hidden from somebody without any access', async () => {
    expect((await server.as('gus').get(path)).status).toBe(404)
    expect((await server.as('nora').get(path)).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'member.view',
    })
  })
})

describe('the people of an organization', () => {
  test('are users and external users with a role there, by whichever way', async () => {
    const oslo = await server.as('ada').get('/api/v1/accounts/acme/organizations/oslo/members')
    const rome = await server.as('rita').get('/api/v1/accounts/acme/organizations/rome/members')

    expect(keys(oslo)).toContain('usr_mallory')
    expect(keys(oslo)).not.toContain('usr_rita')
    expect(keys(rome)).toContain('usr_rita')
  })

  test('are hidden with the organization', async () => {
    const reply = await server.as('rita').get('/api/v1/accounts/acme/organizations/oslo/members')

    expect(reply.status).toBe(404)
  })
})

describe('the export of people', () => {
  const exported = '/api/v1/accounts/acme/members-export'

  test('has the page in view with the columns in view, as raw values', async () => {
    const query = { format: 'csv', columns: 'email,roles,status', users: 'usr_ada,usr_sven', sort: '-name' }
    const reply = await server.as('admin').get(exported, { query })
    const [head, ...rows] = reply.text.trim().split('\r\n')

    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(head).toBe('email,roles,status')
    expect(rows.map((row) => row.split(',').slice(1))).toEqual([
      ['administrator', 'suspended'],
      ['superuser', 'active'],
    ])
  })

  test('is the whole filtered list, as JSON', async () => {
    const reply = await server.as('admin').get(exported, { query: { role: 'superuser' } })

    expect(reply.json<{ id: string }[]>().map(({ id }) => id)).toEqual(['usr_ada', 'usr_sue'])
  })

  test('is refused for a column that there is not', async () => {
    const reply = await server.as('admin').get(exported, { query: { columns: 'email,password' } })

    expect(reply.json()).toMatchObject({ code: 'column_unknown', column: 'password' })
  })

  test('holds no more than its reader may see', async () => {
    const reply = await server
      .as('rita')
      .get(exported, { query: { users: 'usr_nora,usr_rita', kind: 'any' } })

    expect(reply.json<{ id: string }[]>().map(({ id }) => id)).toEqual(['usr_rita'])
  })
})
