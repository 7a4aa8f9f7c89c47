import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/organizations'

describe('what somebody does through a connection', () => {
  test('stands in both logs under the same hash, with the connection that let them', async () => {
    const read = await server.as('otto').get(`${path}/rome`)
    const headers = { 'if-match': read.headers.etag ?? '' }
    const reply = await server.as('otto').patch(`${path}/rome`, { name: 'Rome by night' }, { headers })

    expect(reply.status).toBe(200)
    const [hosts, guests] = [(await server.events('acme')).at(-1), (await server.events('nightowl')).at(-1)]
    expect(guests).toEqual(hosts)
    expect(hosts).toMatchObject({
      action: 'organization.update',
      actor: { kind: 'person', user: 'usr_otto', connection: 'con_acme_nightowl' },
      accounts: ['acc_acme', 'acc_nightowl'],
    })
    const hashes = await server.database.asOwner('select distinct hash from events where id = $1', [
      hosts?.id,
    ])
    expect(hashes).toHaveLength(1)
  })

  test('that they may not do is told in the log of the host', async () => {
    const before = (await server.events('nightowl')).length
    const reply = await server.as('otto').post(path, { key: 'bern' })

    expect(reply.status).toBe(403)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      outcome: 'refused',
      actor: { user: 'usr_otto' },
    })
    expect((await server.events('nightowl')).length).toBe(before)
  })
})
