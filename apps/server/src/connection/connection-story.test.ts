import { expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { act, at, connectedWorld, may } from './connections.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const [frida, nadia] = [server.as('frida'), server.as('nadia')]

test('a connection from its proposal to its end, each step felt at the next question', async () => {
  // Proposed: a mail to everybody at the guest who may answer, and nothing else.
  const proposed = await frida.post(at('contoso'), {
    guest: 'nightowl',
    maximum: 'administrator',
    groups: ['level-1'],
    openings: [{ organization: 'rome' }],
    ends_at: '2090-01-01T00:00:00Z',
    extension_days: 30,
    assurance: 'mfa',
    purpose: 'Night shift',
    message: 'Look after Rome at night',
  })
  const id = proposed.json().id as string
  expect(proposed.status).toBe(201)
  expect(proposed.json()).toMatchObject({
    side: 'host',
    status: 'proposed',
    terms: { maximum: { id: 'administrator', name: 'Administrator' }, assurance: 'mfa', extension_days: 30 },
    offer: {
      by: 'host',
      groups: [{ id: 'grp_contoso_level-1', name: 'level-1' }],
      openings: [{ role: null, organization: { id: 'org_contoso_rome', name: 'Rome office' } }],
    },
  })
  const mails = (await server.operator.get('/api/v1/outbox', { query: { account: 'nightowl' } })).json()
  expect(mails.items.map(({ recipient }: { recipient: string }) => recipient).toSorted()).toEqual([
    'nadia@nightowl.example',
    'nils@nightowl.example',
  ])
  expect(mails.items[0]).toMatchObject({
    subject: 'Contoso offers Nightowl a connection',
    payload: { template: 'connection_offer', maximum: 'Administrator', purpose: 'Night shift' },
    text: expect.stringContaining('> Look after Rome at night\n') as string,
    links: [`http://localhost:4455/connection#${id}`],
  })
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)

  // Countered with something narrower, which the host accepts.
  const countered = await act(server.as('nils'), 'nightowl', id, 'counter', { maximum: 'user' })
  expect(countered.json()).toMatchObject({ side: 'guest', status: 'proposed', offer: { by: 'guest' } })
  const accepted = await act(server.as('adam'), 'contoso', id, 'accept')
  expect(accepted.json()).toMatchObject({ status: 'active', offer: null, terms: { maximum: { id: 'user' } } })
  expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(true)
  expect(await may(server, 'otto', 'edit', 'contoso/milan')).toBe(true)
  expect(await may(server, 'otto', 'view', 'contoso/bari')).toBe(false)
  expect(await may(server, 'vito', 'edit', 'contoso/rome')).toBe(false)
  expect(await may(server, 'vito', 'view', 'contoso/rome')).toBe(true)
  expect(await may(server, 'lisa', 'view', 'contoso/rome')).toBe(false)

  // Both sides see who has what.
  const delegates = await server.as('adam').get(at('contoso', `/${id}/delegates`))
  expect((await nadia.get(at('nightowl', `/${id}/delegates`))).json()).toEqual(delegates.json())
  const byUser = Object.fromEntries(delegates.json().items.map((one: { user: string }) => [one.user, one]))
  expect(Object.keys(byUser).toSorted()).toEqual([
    'usr_lisa',
    'usr_nadia',
    'usr_nils',
    'usr_otto',
    'usr_vito',
  ])
  expect(byUser.usr_lisa.access).toEqual([])
  expect(byUser.usr_vito).toMatchObject({
    email: 'vito@nightowl.example',
    last_used_at: null,
    access: [
      { organization: { id: 'org_contoso_milan', name: 'Milan office' }, roles: [{ id: 'viewer' }] },
      { organization: { id: 'org_contoso_rome' }, roles: [{ id: 'viewer' }] },
    ],
  })

  // Used: told on both sides, and when.
  const rome = await server.as('otto').get('/api/v1/accounts/contoso/organizations/rome')
  const headers = { 'if-match': rome.headers.etag ?? '' }
  await server.as('otto').patch('/api/v1/accounts/contoso/organizations/rome', { name: 'Roma' }, { headers })
  await server.connectionUses.flush()
  const used = await nadia.get(at('nightowl', `/${id}`))
  expect(used.json().last_used_at).toEqual(expect.any(String))
  const after = await frida.get(at('contoso', `/${id}/delegates`), { query: { q: 'otto' } })
  expect(after.json().items).toMatchObject([{ user: 'usr_otto', last_used_at: expect.any(String) as string }])
  const done = await nadia.get('/api/v1/accounts/nightowl/events', {
    query: { connection: id, action: 'organization.update' },
  })
  expect(done.json()).toMatchObject({ total: 1, items: [{ actor: { user: 'usr_otto', connection: id } }] })

  // The guest keeps it to a group of its own.
  await act(nadia, 'nightowl', id, 'delegates', { delegates: 'night-shift' })
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
  expect(await may(server, 'vito', 'view', 'contoso/rome')).toBe(true)
  await act(nadia, 'nightowl', id, 'delegates', { delegates: null })

  // The host narrows, pauses and lets in again.
  await act(frida, 'contoso', id, 'narrowing', { maximum: 'viewer' })
  expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(false)
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(true)
  await act(frida, 'contoso', id, 'pause')
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
  await act(frida, 'contoso', id, 'resume')
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(true)

  // Wider only by both.
  await act(nadia, 'nightowl', id, 'widening', { maximum: 'user' })
  expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(false)
  expect((await act(nadia, 'nightowl', id, 'accept')).json()).toMatchObject({ code: 'connection_other_side' })
  await act(frida, 'contoso', id, 'accept')
  expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(true)

  // The end moves once, by what was agreed.
  const far = await act(frida, 'contoso', id, 'extension', { ends_at: '2090-03-01T00:00:00Z' })
  expect(far.json()).toMatchObject({
    code: 'connection_extension_exhausted',
    latest: '2090-01-31T00:00:00.000Z',
  })
  const moved = await act(frida, 'contoso', id, 'extension', { ends_at: '2090-01-31T00:00:00Z' })
  expect(moved.json().terms).toMatchObject({ ends_at: '2090-01-31T00:00:00.000Z', extension_days: null })
  const twice = await act(frida, 'contoso', id, 'extension', { ends_at: '2090-02-01T00:00:00Z' })
  expect(twice.json()).toMatchObject({ code: 'connection_extension_exhausted' })

  // Ended by the guest, with everything that hung on it.
  const before = [await server.revision('contoso'), await server.revision('nightowl')]
  const ended = await act(nadia, 'nightowl', id, 'end', { reason: 'Contract over' })
  expect(ended.json()).toMatchObject({
    connection: { status: 'ended', ended: { by: 'guest' } },
    grants: [expect.stringMatching(/^grt_/) as string],
    groups: ['grp_contoso_level-1'],
  })
  expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
  expect([await server.revision('contoso'), await server.revision('nightowl')]).toEqual(
    before.map((n) => n + 1),
  )
  expect(ended.headers['keyholder-revision']).toBe(
    `acc_contoso:${(before[0] ?? 0) + 1}, acc_nightowl:${(before[1] ?? 0) + 1}`,
  )

  // One action, two ledgers.
  const [hosts, guests] = [await server.events('contoso'), await server.events('nightowl')]
  const story = (events: typeof hosts) =>
    events.filter(({ target }) => target?.id === id).map(({ action }) => action)
  expect(story(guests)).toEqual(story(hosts))
  expect(story(hosts)).toEqual([
    'connection.propose',
    'connection.counter',
    'connection.accept',
    'connection.set_delegates',
    'connection.set_delegates',
    'connection.narrow',
    'connection.pause',
    'connection.resume',
    'connection.request_widening',
    'connection.accept',
    'connection.extend',
    'connection.end',
  ])
  expect(guests.at(-1)).toEqual(hosts.at(-1))
  expect(hosts.at(-1)).toMatchObject({ actor: { user: 'usr_nadia' }, reason: 'Contract over' })
  const hashes = await server.database.asOwner(
    'select id from events group by id having count(distinct hash) > 1',
  )
  expect(hashes).toEqual([])

  // Each side was told by mail what the other did.
  const subjectsTo = async (recipient: string) => {
    const told = await server.operator.get('/api/v1/outbox', { query: { recipient, sort: 'created_at' } })
    return told.json<{ items: { subject: string }[] }>().items.map(({ subject }) => subject)
  }
  expect(await subjectsTo('nils@nightowl.example')).toEqual([
    'Contoso offers Nightowl a connection',
    'Contoso accepted the connection with Nightowl',
    'Contoso paused the connection with Nightowl',
    'Contoso resumed the connection with Nightowl',
    'Contoso accepted the connection with Nightowl',
  ])
  expect(await subjectsTo('frida@contoso.example')).toEqual([
    'Nightowl answers your offer of a connection with narrower terms',
    'Nightowl asks to widen the connection with Contoso',
    'Nightowl ended the connection with Contoso',
  ])
})
