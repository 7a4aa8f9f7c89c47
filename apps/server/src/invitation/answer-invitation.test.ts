import { describe, expect, test } from 'vitest'
import type { AccountId } from '@keyholder/core'
import { startTestNode, startTestServer, type TestReply } from '@keyholder/testkit/server'
import { invited, mayView, newcomer, path, tokenTo } from './invitations.fixture.ts'

const server = await startTestServer()
const node = startTestNode(server)
const ada = server.as('ada')
const accept = (token: unknown, more: object = {}, who = server.operator) =>
  who.post('/api/v1/invitations/accept', { token, ...more })
const lookUp = (token: unknown, who = server.operator) => who.post('/api/v1/invitations/lookup', { token })
const decline = (token: unknown, who = server.operator) => who.post('/api/v1/invitations/decline', { token })
const signUp = { sign_up: { name: 'Nina New' } }

/** An invitation to Gus, who is at home in Globex. */
async function inviteGus(body: object = {}, by = 'ada') {
  await server.database.asOwner("delete from invitations where email = 'gus@globex.example'")
  const reply = await server.as(by).post(path, { kind: 'external', email: 'gus@globex.example', ...body })
  return { id: reply.json().id as string, token: await tokenTo(server, 'gus@globex.example') }
}

/** What a stranger can tell answers apart by. */
function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

async function members() {
  const rows = await server.database.asOwner<{ user_id: string }>(
    "select user_id from memberships where account_id = 'acc_acme' order by user_id",
  )
  return rows.map(({ user_id }) => user_id)
}

describe('accepting an invitation', () => {
  test('with a login elsewhere makes an external member, at the next question', async () => {
    const { token, id } = await inviteGus({
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'rome' }],
      groups: ['field'],
    })
    expect((await lookUp(token, server.as('gus'))).json()).toEqual({
      account: { slug: 'acme', name: 'Acme' },
      kind: 'external',
      email: 'gus@globex.example',
      state: 'pending',
      expires_at: expect.any(String) as string,
      inviter: { email: 'ada@acme.example', name: 'Ada Lovelace' },
      roles: [
        { role: 'Viewer', organization: null, starts_at: null, ends_at: null },
        { role: 'User', organization: 'Rome office', starts_at: null, ends_at: null },
      ],
      has_login: true,
    })
    expect(await mayView(server, 'usr_gus', 'acme')).toBe(false)
    const before = [await server.revision('acme'), await server.revision('globex')]
    const reply = await accept(token, {}, server.as('gus'))

    expect(reply.status).toBe(200)
    expect(reply.json()).toEqual({
      account: { id: 'acc_acme', slug: 'acme', name: 'Acme' },
      user: 'usr_gus',
      home: 'acc_globex',
      kind: 'external',
    })
    expect(await mayView(server, 'usr_gus', 'acme')).toBe(true)
    expect(await mayView(server, 'usr_gus', 'acme/rome', 'edit')).toBe(true)
    expect(await mayView(server, 'usr_gus', 'acme/oslo', 'edit')).toBe(false)
    expect([await server.revision('acme'), await server.revision('globex')]).toEqual(
      before.map((revision) => revision + 1),
    )
    expect(reply.headers['keyholder-revision']?.split(', ')).toHaveLength(2)
    const [inviters, invitees] = [
      (await server.events('acme')).at(-1),
      (await server.events('globex')).at(-1),
    ]
    expect(inviters).toMatchObject({
      action: 'invitation.accept',
      target: { id },
      actor: { kind: 'person', user: 'usr_gus' },
      accounts: ['acc_acme', 'acc_globex'],
    })
    expect(invitees).toEqual(inviters)
    const hashes = 'select distinct hash from events where id = $1'
    expect(await server.database.asOwner(hashes, [inviters?.id])).toHaveLength(1)
    const external = await ada.get('/api/v1/accounts/acme/members', { query: { kind: 'external', q: 'gus' } })
    const own = await ada.get('/api/v1/accounts/acme/members', { query: { q: 'gus' } })
    expect([external.json().total, own.json().total]).toEqual([1, 0])
  })

  test('of a home invitation makes an external member of somebody whose home is elsewhere', async () => {
    const { token } = await inviteGusAnew({ kind: 'home' })

    expect((await accept(token, {}, server.as('gus'))).json()).toMatchObject({ kind: 'external' })
  })

  test('is not for somebody who is suspended at home', async () => {
    const { token } = await inviteGusAnew()
    const gus = '/api/v1/accounts/globex/members/usr_gus/status'
    await server.as('mallory').put(gus, { status: 'suspended' })
    const reply = await accept(token, {}, server.as('gus'))
    await server.as('mallory').put(gus, { status: 'active' })

    expect(reply.json()).toMatchObject({ code: 'member_suspended' })
    expect(await members()).not.toContain('usr_gus')
  })

  test('without a login signs up with a small account of their own', async () => {
    const { token, email } = await invited(server, { default_role: { role: 'viewer' } })
    expect((await lookUp(token)).json()).toMatchObject({ has_login: false })
    const without = await accept(token)
    const reply = await accept(token, { sign_up: { name: 'Nina New', language: 'de' } })

    expect(without.json()).toMatchObject({ code: 'invitation_needs_sign_up' })
    const { user, home } = reply.json()
    expect(reply.json()).toMatchObject({ kind: 'external', account: { slug: 'acme' } })
    expect(await mayView(server, user, 'acme')).toBe(true)
    const account = await server.operator.get(`/api/v1/accounts/${home}`)
    expect(account.json()).toMatchObject({
      name: 'Nina New',
      slug: expect.stringMatching(/^home-/) as string,
    })
    const [row] = await server.database.asOwner(
      'select email, language, home_account_id, verified_at is not null as verified from users where id = $1',
      [user],
    )
    expect(row).toEqual({ email, language: 'de', home_account_id: home, verified: true })
    const own = await server.operator
      .with({ 'keyholder-act-as': email })
      .get(`/api/v1/accounts/${home}/members`)
    expect(own.json()).toMatchObject({ items: [{ id: user, kind: 'home', roles: [{ role: 'superuser' }] }] })
    const log = await server.database.asOwner<{ action: string }>(
      'select action from events where account_id = $1 order by seq',
      [home],
    )
    expect(log.map(({ action }) => action)).toEqual(['account.create', 'invitation.accept'])
  })

  test('without a login to a home invitation makes a user of the account', async () => {
    const { token } = await invited(server, { kind: 'home', groups: ['field'] })
    const { user, home, kind } = (await accept(token, signUp)).json()

    expect([home, kind]).toEqual(['acc_acme', 'home'])
    expect(await mayView(server, user, 'acme/rome')).toBe(true)
    expect(await mayView(server, user, 'acme/oslo')).toBe(false)
  })

  test('can say nothing of the address, the account or the role', async () => {
    const { token, email } = await invited(server)
    for (const sign_up of [{ email: 'm@m.test' }, { home: 'acc_acme' }, { role: 'superuser' }]) {
      expect((await accept(token, { sign_up })).status).toBe(400)
    }
    expect((await accept([token, token], signUp)).status).toBe(400)
    expect((await accept(token, { ...signUp, email })).status).toBe(400)
    expect((await lookUp(token)).json()).toMatchObject({ state: 'pending' })
  })

  test('is not done for an address that has a login, without that person', async () => {
    const { token } = await inviteGusAnew()
    const reply = await accept(token, signUp)

    expect(reply.json()).toMatchObject({ code: 'invitation_login_exists' })
    expect((await accept(token, signUp, server.as('gus'))).json()).toMatchObject({
      code: 'invitation_login_exists',
    })
  })

  test('gives nothing twice that the person was given meanwhile', async () => {
    const { token } = await inviteGusAnew({
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'rome', ends_at: '2090-01-01T00:00:00Z' }],
    })
    const bind = (body: object) =>
      ada.post('/api/v1/accounts/acme/role-bindings', { email: 'gus@globex.example', ...body })
    await bind({ role: 'viewer' })
    const shorter = { role: 'user', organization: 'rome', ends_at: '2080-01-01T00:00:00Z' }
    const bound = await bind(shorter)
    const reply = await accept(token, {}, server.as('gus'))
    const grants = await server.database.asOwner<{ role: string }>(
      "select role from grants where account_id = 'acc_acme' and user_id = 'usr_gus' order by role",
    )

    expect([bound.status, reply.status]).toEqual([201, 200])
    expect(grants.map(({ role }) => role)).toEqual(['user', 'user', 'viewer'])
  })

  test('leaves out what has ended meanwhile, and gives nothing that begins later', async () => {
    const { token, id } = await invited(server, {
      grants: [
        { role: 'user', organization: 'rome', ends_at: '2090-01-01T00:00:00Z' },
        { role: 'user', organization: 'oslo', starts_at: '2090-01-01T00:00:00Z' },
      ],
    })
    await server.database.asOwner(
      "update invitation_grants set ends_at = now() where invitation_id = $1 and organization_id = 'org_acme_rome'",
      [id],
    )
    const { user } = (await accept(token, signUp)).json()

    expect(await mayView(server, user, 'acme/rome')).toBe(false)
    expect(await mayView(server, user, 'acme/oslo')).toBe(false)
    expect(
      await server.database.asOwner('select * from grants where user_id = $1 and account_id = $2', [
        user,
        'acc_acme',
      ]),
    ).toHaveLength(1)
  })
})

describe('somebody else with a real link', () => {
  test.each(['viv', 'mallory', 'otto', 'ada', 'sven'])(
    'is answered as if it were made up, byte for byte: %s',
    async (user) => {
      const { token } = await invited(server, { default_role: { role: 'viewer' } })
      const before = await members()
      for (const ask of [lookUp, decline, (one: string, who = server.operator) => accept(one, {}, who)]) {
        const real = await ask(token, server.as(user))

        expect(real.status).toBe(404)
        expect(seen(real)).toEqual(seen(await ask(`khi_${'x'.repeat(43)}`, server.as(user))))
      }
      expect(await members()).toEqual(before)
      expect((await lookUp(token)).json()).toMatchObject({ state: 'pending' })
    },
  )

  test('learns neither that it expired nor how it was settled', async () => {
    const [settled, expired] = [await invited(server), await invited(server)]
    await ada.delete(`${path}/${settled.id}`)
    await expire(expired.id)
    const madeUp = seen(await lookUp('made-up', server.as('viv')))

    for (const { token } of [settled, expired]) {
      expect(seen(await lookUp(token, server.as('viv')))).toEqual(madeUp)
      expect(seen(await accept(token, {}, server.as('viv')))).toEqual(madeUp)
    }
  })

  test('is whoever has not shown that the address is theirs', async () => {
    const { token } = await inviteGusAnew()
    await server.database.asOwner("update users set verified_at = null where id = 'usr_gus'")
    const unverified = await accept(token, {}, server.as('gus'))
    await server.database.asOwner("update users set verified_at = now() where id = 'usr_gus'")

    expect(unverified.json()).toMatchObject({ code: 'invitation_not_found' })
    expect((await accept(token, {}, server.as('gus'))).status).toBe(200)
  })

  test('is no account with its key', async () => {
    const { token } = await invited(server)
    const { client } = await server.withKey({
      account: 'acc_acme' as AccountId,
      scopes: ['invitation.create'],
    })

    expect((await lookUp(token, client)).json()).toMatchObject({ code: 'deployment_only' })
    expect(seen(await accept(token, {}, client))).toEqual(seen(await accept('made-up', {}, client)))
    expect((await lookUp(token, server.anonymous)).status).toBe(401)
  })
})

describe('a link', () => {
  test('with any other letter, or of another purpose, is none', async () => {
    const { token } = await invited(server)
    const changed = [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.toUpperCase(),
      `${token} `,
      token.slice(4),
      server.operatorKey.secret,
      'inv_1',
    ]

    for (const other of changed) {
      expect((await accept(other, signUp)).json()).toMatchObject({ code: 'invitation_not_found' })
    }
    expect((await lookUp(token)).json()).toMatchObject({ state: 'pending' })
  })

  test('ends at its moment, without a job', async () => {
    const { token, id } = await invited(server)
    await expire(id)
    const before = await members()
    const reply = await accept(token, signUp)

    expect(reply.status).toBe(410)
    expect(reply.json()).toMatchObject({
      code: 'invitation_expired',
      expired_at: expect.any(String) as string,
    })
    expect((await decline(token)).status).toBe(410)
    expect((await lookUp(token)).json()).toMatchObject({ state: 'expired' })
    expect(await members()).toEqual(before)
  })

  test('works once', async () => {
    const { token, email } = await invited(server)
    await accept(token, signUp)
    const again = await accept(token, signUp)
    const asThem = await accept(token, {}, server.operator.with({ 'keyholder-act-as': email }))

    expect([again.status, asThem.status]).toEqual([410, 410])
    expect(asThem.json()).toMatchObject({ code: 'invitation_settled', state: 'accepted' })
  })

  test('works once among fifty at the same time on two nodes', async () => {
    const { token, id } = await inviteGusAnew({ default_role: { role: 'viewer' } })
    const before = (await server.events('acme')).length
    const elsewhere = node.operator.with({ 'keyholder-act-as': 'usr_gus' })
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => accept(token, {}, i % 2 ? elsewhere : server.as('gus'))),
    )

    const statuses = replies.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([200, ...Array<number>(49).fill(410)])
    expect((await server.events('acme')).length).toBe(before + 1)
    const grants = "select * from grants where account_id = 'acc_acme' and user_id = 'usr_gus'"
    expect(await server.database.asOwner(grants)).toHaveLength(1)
    expect((await ada.get(`${path}/${id}`)).json()).toMatchObject({
      state: 'accepted',
      settled_by: 'usr_gus',
    })
  })

  test('makes one login among many that sign up at the same time', async () => {
    const { token, email } = await invited(server)
    const replies = await Promise.all(Array.from({ length: 12 }, () => accept(token, signUp)))

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.every(({ status }) => [200, 409, 410].includes(status))).toBe(true)
    expect(await server.database.asOwner('select id from users where email = $1', [email])).toHaveLength(1)
  })

  test('is not used up by a look, nor by declining somebody else’s', async () => {
    const { token } = await invited(server)
    await lookUp(token)
    await decline(token, server.as('viv'))

    expect((await accept(token, signUp)).status).toBe(200)
  })
})

describe('declining', () => {
  test('settles the invitation with an event in both logs, and gives nothing', async () => {
    const { token, id } = await inviteGusAnew({ default_role: { role: 'viewer' } })
    const reply = await decline(token, server.as('gus'))

    expect(reply.status).toBe(204)
    expect((await ada.get(`${path}/${id}`)).json()).toMatchObject({
      state: 'declined',
      settled_by: 'usr_gus',
    })
    expect(await members()).not.toContain('usr_gus')
    expect((await server.events('globex')).at(-1)).toEqual((await server.events('acme')).at(-1))
    expect((await accept(token, {}, server.as('gus'))).status).toBe(410)
  })
})

describe('whoever was invited', () => {
  test('can make a login though the invitation was taken back, with no access here', async () => {
    const { token, id, email } = await invited(server, { default_role: { role: 'viewer' } })
    await ada.delete(`${path}/${id}`)
    const before = [await members(), (await server.events('acme')).length]
    const reply = await signUpWith(token)
    const { user, home } = reply.json()

    expect(reply.status).toBe(201)
    expect(await mayView(server, user, 'acme')).toBe(false)
    expect([await members(), (await server.events('acme')).length]).toEqual(before)
    const own = server.operator.with({ 'keyholder-act-as': email })
    expect((await own.get(`/api/v1/accounts/${home}/members`)).json().total).toBe(1)
    expect((await own.get('/api/v1/accounts/acme')).status).toBe(404)
    expect((await signUpWith(token)).json()).toMatchObject({ code: 'invitation_login_exists' })
    expect((await accept(token, {}, own)).status).toBe(410)
  })

  test('makes it by the deployment alone, and with a real link', async () => {
    const { token } = await invited(server)

    expect((await signUpWith(token, ada)).json()).toMatchObject({ code: 'deployment_only' })
    expect((await signUpWith('made-up')).json()).toMatchObject({ code: 'invitation_not_found' })
  })
})

describe('what was offered is held against the inviter’s power at the acceptance', () => {
  const attempt = async (token: string) => accept(token, signUp)
  const adam = '/api/v1/accounts/acme/members/usr_admin'

  test('once they hold less', async () => {
    const { token } = await invited(server, { default_role: { role: 'user' } }, 'admin')
    await changeRole('admin', 'keeper')
    const before = await members()
    const reply = await attempt(token)
    await changeRole('admin', 'administrator')

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'invitation_not_backed' })
    expect(reply.text).not.toContain('admin@')
    expect(await members()).toEqual(before)
    expect((await attempt(token)).status).toBe(200)
  })

  test('once they hold less of what they offered, though they may still invite', async () => {
    await ada.post('/api/v1/accounts/acme/roles', {
      key: 'greeter',
      permissions: ['invitation.create', 'asset.view'],
    })
    const { token } = await invited(server, { default_role: { role: 'user' } }, 'admin')
    const { token: toField } = await invited(server, { groups: ['field'] }, 'admin')
    await changeRole('admin', 'greeter')
    const replies = [await attempt(token), await attempt(toField)]
    await changeRole('admin', 'administrator')

    for (const reply of replies) {
      expect(reply.json()).toMatchObject({ code: 'invitation_not_backed' })
      expect(reply.text).not.toContain('asset')
    }
  })

  test('once they are suspended, even where nothing is offered', async () => {
    const { token } = await invited(server, {}, 'admin')
    await ada.put(`${adam}/status`, { status: 'suspended' })
    const reply = await attempt(token)
    await ada.put(`${adam}/status`, { status: 'active' })

    expect(reply.json()).toMatchObject({ code: 'invitation_not_backed' })
  })

  test('once their key is revoked, or its maker holds less', async () => {
    const { client, id } = await server.withKey({
      account: 'acc_acme' as AccountId,
      scopes: [
        'invitation.create',
        'asset.view',
        'asset.count',
        'inventory.view',
        'report.view',
        'site.view',
        'organization.view',
      ],
      madeBy: 'usr_sue' as never,
    })
    const links: string[] = []
    for (const email of [newcomer(), newcomer()]) {
      expect(
        (await client.post(path, { kind: 'external', email, default_role: { role: 'viewer' } })).status,
      ).toBe(201)
      links.push(await tokenTo(server, email))
    }
    expect((await attempt(links[0] ?? '')).status).toBe(200)
    await server.database.asOwner('update api_keys set revoked_at = now() where id = $1', [id])

    expect((await attempt(links[1] ?? '')).json()).toMatchObject({ code: 'invitation_not_backed' })
  })

  test('once they are removed; sent again by somebody else, it works', async () => {
    const { token, id, email } = await invited(server, { default_role: { role: 'viewer' } }, 'sue')
    await ada.delete('/api/v1/accounts/acme/members/usr_sue')
    const reply = await attempt(token)
    await ada.post(`${path}/${id}/resend`, {})

    expect(reply.json()).toMatchObject({ code: 'invitation_not_backed' })
    expect((await attempt(await tokenTo(server, email))).status).toBe(200)
  })
})

function signUpWith(token: string, who = server.operator) {
  return who.post('/api/v1/invitations/sign-up', { token, ...signUp })
}

async function inviteGusAnew(body: object = {}) {
  await ada.delete('/api/v1/accounts/acme/members/usr_gus')
  return inviteGus(body)
}

async function expire(id: string) {
  await server.database.asOwner('update invitations set expires_at = now() where id = $1', [id])
}

async function changeRole(user: string, role: string) {
  const member = `/api/v1/accounts/acme/members/usr_${user}`
  const { headers } = await ada.get(member)
  const reply = await ada.patch(
    member,
    { default_role: { role } },
    { headers: { 'if-match': headers.etag ?? '' } },
  )
  expect(reply.status).toBe(200)
}
