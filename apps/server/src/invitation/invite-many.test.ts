import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { path } from './invitations.fixture.ts'

const server = await startTestServer()
const inviteMany = (who: string, body: object, query: Record<string, string> = {}) =>
  server.as(who).post(`${path}/bulk`, { kind: 'external', ...body }, { query })

async function mails() {
  const [row] = await server.database.asOwner<{ count: string }>('select count(*) from outbox')
  return Number(row?.count)
}

describe('inviting many at once', () => {
  test('makes an invitation, an event and a mail for each address of a pasted list', async () => {
    const [before, events] = [await mails(), (await server.events('acme')).length]
    const reply = await inviteMany('ada', {
      list: 'ann@x.example\nBob <bob@x.example>, carl@x.example',
      default_role: { role: 'viewer' },
      language: 'fr',
    })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      invited: 3,
      rows: [
        { line: 1, invitation: { email: 'ann@x.example', default_role: { role: 'viewer' }, language: 'fr' } },
        { line: 2, invitation: { email: 'bob@x.example' } },
        { line: 2, invitation: { email: 'carl@x.example' } },
      ],
    })
    expect(await mails()).toBe(before + 3)
    expect((await server.events('acme')).length).toBe(events + 3)
  })

  test('gives each line of CSV what it says, and what is said for all where it says nothing', async () => {
    const reply = await inviteMany('ada', {
      list: 'email,role,organization,organization_role,groups\ndana@x.example,user,,,\nerik@x.example,,rome,user,field',
      default_role: { role: 'viewer' },
    })

    expect(reply.json()).toMatchObject({
      rows: [
        { invitation: { default_role: { role: 'user' }, grants: [], groups: [] } },
        {
          invitation: {
            default_role: { role: 'viewer' },
            grants: [{ role: 'user', organization: 'org_acme_rome' }],
            groups: ['grp_acme_field'],
          },
        },
      ],
    })
  })

  test('invites nobody where one of them cannot be, and tells every line that is wrong', async () => {
    const before = await mails()
    const reply = await inviteMany('admin', {
      list: [
        'email,role',
        'good@x.example,viewer',
        'viv@acme.example,',
        'no-address,',
        'ann@x.example,',
        'fay@x.example,king',
        'GOOD@x.example,',
        'gil@x.example,superuser',
      ].join('\n'),
    })

    expect(reply.status).toBe(422)
    expect(reply.json()).toMatchObject({
      code: 'invitations_refused',
      rows: [
        { line: 3, code: 'invitation_already_member', detail: expect.any(String) as string },
        { line: 4, code: 'email_malformed' },
        { line: 5, code: 'invitation_already_open' },
        { line: 6, code: 'reference_unknown' },
        { line: 7, email: 'good@x.example', code: 'invitation_repeated', first: 2 },
        { line: 8, code: 'beyond_own_access' },
      ],
    })
    expect(await mails()).toBe(before)
    const rows = "select * from invitations where email = 'good@x.example'"
    expect(await server.database.asOwner(rows)).toEqual([])
  })

  test('can be tried out first', async () => {
    const before = await mails()
    const body = { list: 'hal@x.example' }
    const good = await inviteMany('ada', body, { preview: 'true' })
    const bad = await inviteMany('ada', { list: 'hal' }, { preview: 'true' })

    expect([good.status, bad.status]).toEqual([200, 422])
    expect(await mails()).toBe(before)
    const { hash } = good.json().preview
    const headers = { 'keyholder-preview': hash }
    const done = await server.as('ada').post(`${path}/bulk`, { kind: 'external', ...body }, { headers })
    expect(done.status).toBe(201)
  })

  test('is refused where the list cannot be read, with the line', async () => {
    const reply = await inviteMany('ada', { list: 'email,rank\nann@x.example,1' })

    expect(reply.json()).toMatchObject({
      code: 'invitation_list_unreadable',
      line: 1,
      reason: 'unknown_column',
      column: 'rank',
    })
  })

  test('takes the permission to invite', async () => {
    expect((await inviteMany('viv', { list: 'ida@x.example' })).status).toBe(403)
    expect((await inviteMany('gus', { list: 'ida@x.example' })).status).toBe(404)
  })
})
