import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/sso-domains'
const elsewhere = '/api/v1/accounts/globex/sso-domains'
const ada = server.as('ada')
const mallory = server.as('mallory')

describe('a domain', () => {
  test('is proven by its record in DNS, and by nothing else', async () => {
    const added = await ada.post(path, { domain: ' Acme.EXAMPLE. ' })
    const { record } = added.json()
    const verify = () => ada.post(`${path}/acme.example/verify`)

    expect(added.json()).toMatchObject({
      domain: 'acme.example',
      proven_at: null,
      record: { type: 'TXT', name: '_keyholder-challenge.acme.example' },
    })
    expect((await verify()).json()).toMatchObject({
      code: 'domain_unproven',
      reason: 'record_missing',
      record: record.name,
    })
    server.zone.set(record.name, [['something else']])
    expect((await verify()).json()).toMatchObject({ code: 'domain_unproven', reason: 'record_different' })
    server.zone.set(record.name, [[record.value.slice(0, 20), record.value.slice(20)]])
    expect((await verify()).json()).toMatchObject({ proven_by: 'dns' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'sso_domain.prove',
      after: { proven_by: 'dns' },
    })
  })

  test('that one account has proven is proven by no other, until it is given up', async () => {
    const { record } = (await mallory.post(elsewhere, { domain: 'acme.example' })).json()
    server.zone.set(record.name, [[record.value], ...(server.zone.get(record.name) ?? [])])
    const verify = () => mallory.post(`${elsewhere}/acme.example/verify`)

    expect((await verify()).json()).toMatchObject({ code: 'domain_proven_elsewhere' })
    expect(
      (await server.operator.put(`${elsewhere}/acme.example/proof`, { proven: true })).json(),
    ).toMatchObject({
      code: 'domain_proven_elsewhere',
    })
    expect((await ada.delete(`${path}/acme.example`)).status).toBe(204)
    expect((await verify()).json()).toMatchObject({ proven_by: 'dns' })
  })

  test('that two accounts prove at the same moment is proven by one', async () => {
    const clients = [
      { client: ada, at: path },
      { client: mallory, at: elsewhere },
    ]
    for (const { client, at } of clients) {
      const { record } = (await client.post(at, { domain: 'both.example' })).json()
      server.zone.set(record.name, [[record.value], ...(server.zone.get(record.name) ?? [])])
    }
    const replies = await Promise.all(
      clients.map(({ client, at }) => client.post(`${at}/both.example/verify`)),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  test('is vouched for by the operator alone, who can take that back', async () => {
    await ada.post(path, { domain: 'corp.example' })
    const proof = `${path}/corp.example/proof`

    expect((await ada.put(proof, { proven: true })).json()).toMatchObject({ code: 'deployment_only' })
    expect((await server.operator.put(proof, { proven: true })).json()).toMatchObject({
      proven_by: 'operator',
    })
    expect((await server.operator.put(proof, { proven: false })).json()).toMatchObject({
      proven_by: null,
      proven_at: null,
    })
  })

  test.each([
    ['co.uk', 'public_suffix'],
    ['github.io', 'public_suffix'],
    ['gmail.com', 'free_mail'],
    ['corp', 'malformed'],
    ['a@corp.example', 'malformed'],
    ['127.0.0.1', 'malformed'],
  ])('cannot be %s: %s', async (domain, reason) => {
    expect((await ada.post(path, { domain })).json()).toMatchObject({ code: 'domain_unusable', reason })
  })

  test('is there once, and found by its one form', async () => {
    await ada.post(path, { domain: 'bücher.example' })

    expect((await ada.post(path, { domain: 'XN--BCHER-KVA.example' })).json()).toMatchObject({
      code: 'domain_exists',
    })
    const listed = (await ada.get(path)).json()['items'].map(({ domain }: { domain: string }) => domain)
    expect(listed).toContain('xn--bcher-kva.example')
    expect((await ada.delete(`${path}/bücher.example`)).status).toBe(404)
    expect((await ada.delete(`${path}/xn--bcher-kva.example`)).status).toBe(204)
  })

  test('is nobody’s business without the permission', async () => {
    expect((await server.as('admin').post(path, { domain: 'x.example' })).json()).toMatchObject({
      code: 'not_permitted',
    })
    expect((await server.as('gus').get(path)).status).toBe(404)
  })
})
