import { beforeEach, describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer } from '@keyholder/testkit/server'
import { checksums } from '@keyholder/testkit/attack'

/*
 * T07: somebody may edit roles, and holds one of them.
 */

const server = await startTestServer()
const acme = worldIds.account('acme')
const { butTheLog } = await checksums(server.database)
const path = '/api/v1/accounts/acme/roles'
const kim = server.as('kim')

const version = async (role: string) => ({
  headers: { 'if-match': (await server.as('ada').get(`${path}/${role}`)).headers.etag ?? '' },
})
const edit = async (role: string, body: object) => kim.patch(`${path}/${role}`, body, await version(role))

const held = ['organization.view', 'role.view', 'role.create', 'role.edit', 'role.delete', 'asset.view']
await server.as('ada').patch(`${path}/keeper`, { permissions: held, name: 'Keeper' }, await version('keeper'))

let before: unknown
beforeEach(async () => {
  before = await butTheLog(acme)
})

describe('somebody who may edit roles and holds one', () => {
  test.each([['asset.edit'], ['grant.create'], ['account.manage_sso'], ['asset.view', 'member.edit']])(
    'cannot add a permission to it that they do not hold: %s',
    async (...added) => {
      const reply = await edit('keeper', { permissions: [...held, ...added] })

      expect([reply.status, reply.json()]).toMatchObject([403, { code: 'beyond_own_access' }])
      expect(await butTheLog(acme)).toEqual(before)
    },
  )

  test.each([
    ['made', () => kim.post(path, { key: 'mine', permissions: ['asset.edit'] })],
    ['copied from a greater one', () => kim.post(`${path}/administrator/clone`, { key: 'mine' })],
    [
      'named as the replacement of a lesser one',
      async () =>
        kim.delete(`${path}/keeper`, {
          query: { replacement: 'administrator' },
          ...(await version('keeper')),
        }),
    ],
    ['a built-in one that is edited', async () => edit('viewer', { permissions: ['asset.edit'] })],
    ['a built-in one under its own id', async () => edit('superuser', { name: 'Mine' })],
  ])('gets no greater role where it is %s', async (_, attempt) => {
    expect([403, 404, 422]).toContain((await attempt()).status)
    expect(await butTheLog(acme)).toEqual(before)
  })

  test.each([
    'Superuser',
    'superuser ',
    'SUPERUSER',
    '  superuser',
    'ＳＵＰＥＲＵＳＥＲ',
    'Ѕuреruѕеr',
    'Suρeruser',
    'Uѕer',
    'Administrator',
    'Αdministrator',
    'Admin\u00adistrator',
    'Super\u200buser',
    'superuser\u202e',
    '%73uperuser',
  ])('cannot give it the name of a built-in one: %j', async (name) => {
    const reply = await edit('keeper', { name })

    expect([400, 409, 422], `${reply.text}`).toContain(reply.status)
    expect(await butTheLog(acme)).toEqual(before)
  })

  test('may take from it, and put back only what they hold then', async () => {
    const less = await edit('keeper', { permissions: held.filter((one) => one !== 'asset.view') })
    const back = await edit('keeper', { permissions: held })

    expect([less.status, back.status]).toEqual([200, 403])
  })
})
