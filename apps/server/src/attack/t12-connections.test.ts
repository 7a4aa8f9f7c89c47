import { beforeAll, describe, expect, test } from 'vitest'
import type { GrantId, RoleId } from '@keyholder/core'
import { startTestNode } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'
import {
  addressOf,
  operations,
  partner,
  send,
  startAttackServer,
  validRequests,
} from '@keyholder/testkit/attack'

/*
 * T12: a guest comes in under the highest ceiling there is, with every role there is, and tries everything that is
 * guarded. The ceiling itself, that only the host raises it, that connections do not add up, and that lowering, pausing
 * and ending are felt on every node stand in apps/server/src/connection/connection-ceiling.test.ts.
 */

const server = await startAttackServer(['alpha'])
const host = server.arena('alpha')
const guest = server.sender(host, 'partner')
const { blueprint } = server.world
const isGuarded = (permission: string | undefined) =>
  permission !== undefined && blueprint.permission.get(permission)?.guarded === true

const superuser = 'superuser' as RoleId
const connection = worldIds.connection(host.slug, partner)
beforeAll(async () => {
  const node = startTestNode(server)
  await node.change(host.account, [
    {
      kind: 'connection_set',
      connection: {
        id: connection,
        host: host.account,
        guest: worldIds.account(partner),
        maximum: superuser,
        delegates: 'everyone',
        status: 'active',
      },
    },
    {
      kind: 'grant_set',
      grant: {
        id: 'grt_everything' as GrantId,
        subject: { kind: 'connection', id: connection },
        role: superuser,
      },
    },
  ])
})

const guarded = operations.filter(({ permission }) => isGuarded(permission))

test('somebody who comes through a connection may do what is not guarded', async () => {
  const seen = async () =>
    (await guest.get(`/api/v1/accounts/${host.slug}/organizations`)).json().total as number
  await expect.poll(seen).toBe(2)
  const reply = await guest.post(`/api/v1/accounts/${host.slug}/organizations`, { key: 'theirs' })

  expect(reply.status).toBe(201)
  expect((await server.events(partner)).at(-1)).toEqual((await server.events(host.slug)).at(-1))
})

describe('somebody who comes through a connection is refused what is guarded', () => {
  test.each(guarded.map((operation) => [operation.id, operation] as const))('%s', async (_, operation) => {
    const before = await server.checksums.butTheLog(host.account)
    for (const { request } of validRequests(operation, host)) {
      const params = { ...request.params, account: host.slug }
      const reply = await send(guest, operation, { ...request, params }, { 'if-match': '"1"' })

      expect(reply.status, `${addressOf(operation, request)}: ${reply.text}`).toBe(403)
    }
    expect(await server.checksums.butTheLog(host.account)).toEqual(before)
  })

  test('and there is much of it', () => {
    expect(guarded.length).toBeGreaterThan(25)
  })
})
