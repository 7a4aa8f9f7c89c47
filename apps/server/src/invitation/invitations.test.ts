import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { invited, mayView, newcomer, path, tokenTo } from './invitations.fixture.ts'

const server = await startTestServer()
const ada = server.as('ada')

/** Sends an edit with the version that was just read. */
async function edit(who: string, id: string, body: object) {
  const read = await ada.get(`${path}/${id}`)
  return server.as(who).patch(`${path}/${id}`, body, { headers: { 'if-match': read.headers.etag ?? '' } })
}

describe('inviting somebody', () => {
  test('makes a pending invitation, an event and a mail, and gives nothing yet', async () => {
    const before = await server.revision('acme')
    const { email, reply, id } = await invited(server, {
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'rome', ends_at: '2099-01-01T00:00:00Z' }],
      groups: ['field'],
    })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      kind: 'external',
      email,
      state: 'pending',
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'org_acme_rome', ends_at: '2099-01-01T00:00:00.000Z' }],
      groups: ['grp_acme_field'],
      language: 'en',
      show_inviter: true,
      inviter: { kind: 'person', id: 'usr_ada', email: 'ada@acme.example', name: 'Ada Lovelace' },
      days_left: 7,
    })
    expect(await server.revision('acme')).toBe(before)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'invitation.create',
      target: { type: 'invitation', id },
      after: { email },
    })
    const mails = await server.operator.get('/api/v1/outbox', { query: { recipient: email } })
    expect(mails.json()).toMatchObject({
      items: [
        {
          account: 'acc_acme',
          state: 'waiting',
          payload: {
            template: 'invitation',
            language: 'en',
            roles: [
              { role: 'Viewer', organization: null, ends_at: null },
              { role: 'User', organization: 'Rome office', ends_at: '2099-01-01T00:00:00.000Z' },
            ],
            groups: ['field'],
          },
          sender_name: 'Ada Lovelace',
          subject: 'Invitation to join Acme by Ada Lovelace',
          text: expect.stringContaining('Rome office: User, until January 1, 2099') as string,
          links: [expect.stringMatching(/^http:\/\/localhost:4455\/invitation#khi_[\w-]{43}$/) as string],
        },
      ],
    })
  })

  test('can hide who invites, and say what the mail says', async () => {
    const hidden = await invited(server, { show_inviter: false, language: 'de' })
    const own = await invited(server, { subject: 'Come in', body: 'Two lines\nof text' })
    const mailTo = async (recipient: string) =>
      (await server.operator.get('/api/v1/outbox', { query: { recipient } })).json().items[0]

    expect(await mailTo(hidden.email)).toMatchObject({
      subject: 'Einladung zu Acme',
      sender_name: 'Acme',
      payload: { inviter: null },
    })
    expect(JSON.stringify(await mailTo(hidden.email))).not.toMatch(/ada@|Lovelace/)
    expect(await mailTo(own.email)).toMatchObject({
      subject: 'Come in',
      text: expect.stringContaining('> Two lines\n> of text\n') as string,
    })
  })

  test.each([
    ['who is a member', { email: 'viv@acme.example' }, 409, 'invitation_already_member'],
    ['at what is no address', { email: 'bob@x.test, carl@x.test' }, 422, 'email_malformed'],
    ['with a role that does not exist', { default_role: { role: 'king' } }, 422, 'reference_unknown'],
    [
      'into an organization of another account',
      { grants: [{ role: 'viewer', organization: 'org_globex_lima' }] },
      422,
      'reference_unknown',
    ],
    ['into a group of nobody', { groups: ['grp_globex_ops'] }, 422, 'reference_unknown'],
    ['until yesterday', { expires_at: '2020-01-01T00:00:00Z' }, 422, 'invitation_expires_in_past'],
    ['for ever', { expires_at: '2099-01-01T00:00:00Z' }, 422, 'invitation_open_too_long'],
    ['with two lines as the subject', { subject: 'a\r\nBcc: x' }, 422, 'invitation_subject_malformed'],
    [
      'with a role that has ended',
      { default_role: { role: 'viewer', ends_at: '2020-01-01T00:00:00Z' } },
      422,
      'grant_never_current',
    ],
    ['twice with the same role', { grants: twice('viewer', 'rome') }, 422, 'grant_exists'],
  ])('%s is refused, and no mail leaves', async (_, body, _status, code) => {
    const email = newcomer()
    const before = await server.database.asOwner('select count(*) from outbox')
    const reply = await ada.post(path, { kind: 'home', email, ...body })

    expect(reply.json()).toMatchObject({ code })
    expect(await server.database.asOwner('select count(*) from outbox')).toEqual(before)
    expect(await server.database.asOwner('select * from invitations where email = $1', [email])).toEqual([])
  })

  test('whose invitation is open is refused with its id', async () => {
    const { email, id } = await invited(server)
    const again = await ada.post(path, { kind: 'home', email: email.toUpperCase() })

    expect(again.status).toBe(409)
    expect(again.json()).toMatchObject({ code: 'invitation_already_open', invitation: id })
  })

  test.each(['viv', 'otto', 'gus'])('takes the permission, which %s has not', async (user) => {
    const reply = await server.as(user).post(path, { kind: 'home', email: newcomer() })

    expect(reply.status).toBe(user === 'gus' ? 404 : 403)
  })

  test('to more than the inviter holds is refused, by a role, by a group and elsewhere', async () => {
    const attempts = [{ default_role: { role: 'superuser' } }, { default_role: { role: 'billing' } }]
    for (const body of attempts) {
      const reply = await server.as('admin').post(path, { kind: 'home', email: newcomer(), ...body })
      expect([reply.status, reply.json().code]).toEqual([403, 'beyond_own_access'])
    }
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'invitation.create',
      outcome: 'refused',
      actor: { user: 'usr_admin' },
    })
  })

  test('by somebody who administers one organization leads there and nowhere else', async () => {
    const rita = server.as('rita')
    const rome = [{ role: 'user', organization: 'rome' }]
    const there = await rita.post(path, { kind: 'home', email: newcomer(), grants: rome })
    const elsewhere = [
      { grants: [{ role: 'user', organization: 'oslo' }] },
      { default_role: { role: 'viewer' } },
      { groups: ['field'], grants: rome },
      {},
    ]

    expect(there.status).toBe(201)
    for (const body of elsewhere) {
      const reply = await rita.post(path, { kind: 'home', email: newcomer(), ...body })
      expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'invitation.create' })
    }
    const seen = (await rita.get(path)).json()
    expect(seen).toMatchObject({ total: 1, items: [{ id: there.json().id }] })
    const hidden = await invited(server)
    expect((await rita.get(`${path}/${hidden.id}`)).text).toBe((await rita.get(`${path}/inv_madeup`)).text)
    expect((await rita.delete(`${path}/${hidden.id}`)).status).toBe(404)
    expect((await rita.delete(`${path}/${there.json().id}`)).json()).toMatchObject({ state: 'revoked' })
  })
})

describe('a preview of an invitation', () => {
  const gained = (organization: string | null, ...permissions: string[]) => ({
    organization,
    permissions: expect.arrayContaining(permissions) as string[],
  })

  test('tells what the invitee gains by accepting, and that nobody gains anything before', async () => {
    const email = newcomer()
    const body = {
      kind: 'home',
      email,
      default_role: { role: 'viewer' },
      grants: [
        { role: 'user', organization: 'rome' },
        { role: 'administrator', organization: 'oslo', starts_at: '2099-01-01T00:00:00Z' },
      ],
    }
    const seen = await ada.post(path, body, { query: { preview: 'true' } })
    const { hash, ...preview } = seen.json().preview
    const made = await ada.post(path, body, { headers: { 'keyholder-preview': hash } })

    expect(preview).toMatchObject({
      gains: [],
      loses: [],
      seats: [],
      at_acceptance: [
        { email, gains: [gained(null, 'asset.view'), gained('org_acme_rome', 'asset.edit')], billed: 1 },
      ],
    })
    expect(preview.at_acceptance[0].gains[0].permissions).not.toContain('asset.edit')
    expect(made.status).toBe(201)
    await server.operator.post('/api/v1/invitations/accept', {
      token: await tokenTo(server, email),
      sign_up: { name: 'Nina' },
    })
    const [, ...gains] = preview.at_acceptance[0].gains
    expect(gains).toHaveLength(1)
    expect(await mayView(server, email, 'acme/rome', 'edit')).toBe(true)
    expect(await mayView(server, email, 'acme/oslo', 'edit')).toBe(false)
  })

  test('that is edited tells what it would bring then', async () => {
    const { id, email } = await invited(server, { default_role: { role: 'viewer' }, groups: ['field'] })
    const preview = async (body: object) => {
      const read = await ada.get(`${path}/${id}`)
      const headers = { 'if-match': read.headers.etag ?? '' }
      const reply = await ada.patch(`${path}/${id}`, body, { headers, query: { preview: 'true' } })
      return reply.json().preview.at_acceptance
    }

    expect(await preview({ language: 'de' })).toMatchObject([
      { email, gains: [gained(null, 'asset.view'), gained('org_acme_rome', 'asset.edit')] },
    ])
    expect(await preview({ default_role: null, groups: [] })).toMatchObject([{ email, gains: [] }])
    expect((await ada.get(`${path}/${id}`)).json()).toMatchObject({ groups: ['grp_acme_field'] })
  })

  test('tells only what is new for somebody who has become a member meanwhile', async () => {
    const email = 'gus@globex.example'
    const made = await ada.post(path, { kind: 'external', email, default_role: { role: 'viewer' } })
    const { id } = made.json()
    await ada.post('/api/v1/accounts/acme/role-bindings', { email, role: 'viewer' })
    const headers = { 'if-match': made.headers.etag ?? '' }
    const query = { preview: 'true' }
    const same = await ada.patch(`${path}/${id}`, { language: 'de' }, { headers, query })
    const grants = [{ role: 'user', organization: 'rome' }]
    const more = await ada.patch(`${path}/${id}`, { grants }, { headers, query })

    expect(same.json().preview.at_acceptance).toEqual([{ email, gains: [], billed: 0 }])
    expect(more.json().preview.at_acceptance).toMatchObject([
      { email, gains: [gained('org_acme_rome', 'asset.edit')] },
    ])
  })

  test('tells nothing of whether the invitee has a login elsewhere', async () => {
    const offer = { kind: 'external', default_role: { role: 'viewer' } }
    const preview = async (email: string) => {
      const reply = await ada.post(path, { ...offer, email }, { query: { preview: 'true' } })
      return reply.json().preview.at_acceptance.map((one: object) => ({ ...one, email: 'somebody' }))
    }

    expect(await preview('otto@nightowl.example')).toEqual(await preview(newcomer()))
  })
})

describe('an open invitation', () => {
  test('can be edited in part, and opens again with a later end', async () => {
    const { id, token } = await invited(server, {
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'rome' }],
    })
    const reply = await edit('ada', id, { default_role: null, language: 'ja' })

    expect(reply.json()).toMatchObject({
      default_role: null,
      grants: [{ role: 'user', organization: 'org_acme_rome' }],
      language: 'ja',
    })
    await server.database.asOwner(
      "update invitations set expires_at = now() - interval '26 hours' where id = $1",
      [id],
    )
    expect((await ada.get(`${path}/${id}`)).json()).toMatchObject({ state: 'expired', days_left: -2 })
    const later = new Date(Date.now() + 86_400_000).toISOString()
    expect((await edit('ada', id, { expires_at: later })).json()).toMatchObject({
      state: 'pending',
      days_left: 1,
    })
    expect((await server.operator.post('/api/v1/invitations/lookup', { token })).status).toBe(200)
  })

  test('is not edited by somebody who does not hold what it offered or offers', async () => {
    const { id } = await invited(server, { default_role: { role: 'superuser' } })
    const lesser = await edit('admin', id, { default_role: { role: 'viewer' } })
    const resent = await server.as('admin').post(`${path}/${id}/resend`, {})
    const viewers = await invited(server, { default_role: { role: 'viewer' } })
    const greater = await edit('admin', viewers.id, { default_role: { role: 'superuser' } })

    expect([lesser, resent, greater].map((reply) => reply.json().code)).toEqual(
      Array(3).fill('beyond_own_access'),
    )
    expect((await ada.get(`${path}/${id}`)).json()).toMatchObject({ default_role: { role: 'superuser' } })
  })

  test('needs the version that was read', async () => {
    const { id } = await invited(server)
    const bare = await ada.patch(`${path}/${id}`, { language: 'fr' })
    const old = await ada.patch(`${path}/${id}`, { language: 'fr' }, { headers: { 'if-match': '"99"' } })

    expect([bare.status, old.status]).toEqual([428, 412])
  })

  test('sent again has a new link and a new time, and the old link is dead', async () => {
    const { id, email, token } = await invited(server)
    const reply = await server.as('sue').post(`${path}/${id}/resend`)
    const fresh = await tokenTo(server, email)
    const lookUp = (one: string) => server.operator.post('/api/v1/invitations/lookup', { token: one })

    expect(reply.json()).toMatchObject({ id, days_left: 7, inviter: { id: 'usr_sue' } })
    expect(fresh).not.toBe(token)
    expect((await lookUp(token)).text).toBe((await lookUp('khi_made_up')).text)
    expect((await lookUp(fresh)).json()).toMatchObject({ state: 'pending' })
    expect((await server.events('acme')).at(-1)).toMatchObject({ action: 'invitation.resend' })
  })

  test('that was taken back stays so', async () => {
    const { id, token } = await invited(server)
    const reply = await ada.delete(`${path}/${id}`)
    const again = await ada.delete(`${path}/${id}`)
    const accepted = await server.operator.post('/api/v1/invitations/accept', { token, sign_up: {} })

    expect(reply.json()).toMatchObject({ state: 'revoked', settled_by: 'usr_ada', days_left: null })
    expect([again.status, (await edit('ada', id, {})).status, accepted.status]).toEqual([410, 410, 410])
    expect((await server.events('acme')).at(-1)).toMatchObject({ action: 'invitation.revoke' })
  })

  test('of another account is not there', async () => {
    const { id } = await invited(server)
    const elsewhere = '/api/v1/accounts/globex/invitations'
    const mallory = server.as('mallory')

    expect((await mallory.get(`${elsewhere}/${id}`)).text).toBe(
      (await mallory.get(`${elsewhere}/inv_madeup`)).text,
    )
    expect((await mallory.delete(`${elsewhere}/${id}`)).status).toBe(404)
    expect((await mallory.post(`${elsewhere}/${id}/resend`, {})).status).toBe(404)
  })
})

describe('the list of invitations', async () => {
  const other = await startTestServer()
  const states = { accepted: 'ann', expired: 'exp', pending: 'pen', declined: 'dec', revoked: 'rev' }
  for (const name of Object.values(states)) {
    await other.as(name === 'dec' ? 'sue' : 'ada').post(path, { kind: 'home', email: `${name}@x.example` })
  }
  await other.operator.post('/api/v1/invitations/accept', {
    token: await tokenTo(other, 'ann@x.example'),
    sign_up: { name: 'Ann' },
  })
  await other.operator.post('/api/v1/invitations/decline', { token: await tokenTo(other, 'dec@x.example') })
  const ids = async (query: Record<string, string>) =>
    (await other.as('ada').get(path, { query }))
      .json()
      .items.map(({ email }: { email: string }) => email.slice(0, 3))
  const [rev] = (await other.as('ada').get(path, { query: { q: 'rev@' } })).json().items
  await other.as('ada').delete(`${path}/${rev.id}`)
  await other.database.asOwner("update invitations set expires_at = now() where email like 'exp@%'")

  test('has those first that wait for an answer, and leaves accepted ones out', async () => {
    expect(await ids({})).toEqual(['pen', 'exp', 'dec', 'rev'])
    expect(await ids({ state: 'accepted' })).toEqual(['ann'])
    expect(await ids({ state: 'revoked,pending', sort: '-email' })).toEqual(['rev', 'pen'])
  })

  test('is filtered by who invited, by their exact address', async () => {
    expect(await ids({ inviter: 'Sue@acme.example' })).toEqual(['dec'])
    expect(await ids({ inviter: 'nobody@acme.example' })).toEqual([])
    expect((await other.as('ada').get(path, { query: { inviter: 'sue' } })).status).toBe(422)
  })

  test('is turned page by page with a count that follows the filter', async () => {
    const first = (await other.as('ada').get(path, { query: { limit: '3' } })).json()
    const second = await other.as('ada').get(path, { query: { limit: '3', cursor: first.next_cursor } })

    expect([first.total, first.items.length, second.json().items.length]).toEqual([4, 3, 1])
    expect((await other.as('ada').get(path, { query: { state: 'gone' } })).status).toBe(400)
  })

  test('is for whoever may view invitations', async () => {
    expect((await other.as('viv').get(path)).status).toBe(403)
    expect((await other.as('gus').get(path)).status).toBe(404)
  })
})

function twice(role: string, organization: string) {
  return [
    { role, organization },
    { role, organization },
  ]
}
