import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const acme = '/api/v1/accounts/acme'

async function edit(who: string, part: 'licence' | 'entity', body: object) {
  const read = await server.as('ada').get(`${acme}/${part}`)
  return server.as(who).patch(`${acme}/${part}`, body, { headers: { 'if-match': read.headers.etag ?? '' } })
}

describe('the licence', () => {
  test('shows what is licensed beside what is in use', async () => {
    const reported = await server.operator.put(`${acme}/assets`, {
      organizations: [
        { organization: 'rome', assets: 40 },
        { organization: 'oslo', assets: 2 },
      ],
    })
    const changed = await edit('ada', 'licence', { assets_licensed: 100, renews_on: '2027-01-31' })

    expect(reported.json()).toEqual({ assets_in_use: 42 })
    expect(changed.json()).toMatchObject({
      assets_licensed: 100,
      assets_in_use: 42,
      renews_on: '2027-01-31',
      seats_licensed: null,
    })
  })

  test('counts everybody at home alike, external people by themselves, and connected people not at all', async () => {
    const { seats } = (await server.as('ada').get(`${acme}/licence`)).json()
    const listed = (await server.as('ada').get(`${acme}/seats`)).json<
      { user: string; reason: string; billed: boolean }[]
    >()

    expect(seats).toEqual({
      billed: 7,
      by_reason: { member: 5, restricted: 2, single_customer: 0, external: 1, suspended: 1 },
    })
    expect(listed).toContainEqual({ user: 'usr_rita', reason: 'restricted', billed: true })
    expect(listed).toContainEqual({ user: 'usr_mallory', reason: 'external', billed: false })
    expect(listed.map(({ user }) => user)).not.toContain('usr_otto')
  })

  test('takes over all reported counts, or none', async () => {
    const reply = await server.operator.put(`${acme}/assets`, {
      organizations: [
        { organization: 'rome', assets: 1 },
        { organization: 'org_globex_lima', assets: 1 },
      ],
    })

    expect(reply.json()).toMatchObject({
      code: 'reference_unknown',
      pointer: '/organizations/1/organization',
    })
    expect((await server.as('ada').get(`${acme}/licence`)).json().assets_in_use).toBe(42)
    expect(
      (await server.as('ada').put(`${acme}/assets`, { organizations: [{ organization: 'rome', assets: 1 }] }))
        .status,
    ).toBe(403)
  })
})

describe('the legal entity', () => {
  test('is changed by whoever manages it, validated, with an event', async () => {
    const done = await edit('ada', 'entity', {
      legal_name: 'Acme AG',
      country: 'CH',
      tax_id: 'CHE-123.456.789',
    })
    const bad = await edit('ada', 'entity', { country: 'Switzerland' })

    expect(done.json()).toMatchObject({ legal_name: 'Acme AG', country: 'CH', contact_email: null })
    expect(bad.status).toBe(400)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'entity.update',
      after: { legal_name: 'Acme AG' },
    })
  })

  test('is not for administrators', async () => {
    expect((await edit('admin', 'entity', { legal_name: 'Mine' })).status).toBe(403)
    expect((await server.as('admin').get(`${acme}/licence`)).status).toBe(403)
  })
})
