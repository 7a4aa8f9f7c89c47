import { describe, expect, test } from 'vitest'
import type { TestReply } from '@keyholder/testkit/server'
import {
  currentVersion,
  operations,
  send,
  startAttackServer,
  validRequests,
  type Operation,
  type ValidRequest,
} from '@keyholder/testkit/attack'

/*
 * T11: a request says more than it may, or says it in another form. Every endpoint that takes a body is tried, and
 * every query; what was asked for beside is named as unknown, and nothing is carried out.
 */

/** The questions of AuthZEN are open by their standard: what they say beside has no effect. */
const isOpen = ({ id }: Operation) => id.startsWith('access.') && id !== 'access.explain'
const asked = operations.filter(({ access }) => access !== 'public')
const writable = asked.filter((operation) => operation.body !== undefined && !isOpen(operation))
const slugOf = (operation: Operation) => `a${operations.indexOf(operation)}`
const server = await startAttackServer(operations.map(slugOf))

/** What people have got into other products with. */
const wanted =
  'accountId account_id orgId organization_id id isOwner is_superuser role_id rolesOf permissions_extra maxRole emailVerified verified mfaEnabled createdBy made_by inviter created_at expiresAt version revision secret token_hash constructor prototype toString hasOwnProperty'.split(
    ' ',
  )

type Body = Readonly<Record<string, unknown>>

async function ask(operation: Operation, { as, request }: ValidRequest, body: unknown): Promise<TestReply> {
  const client = server.sender(server.arena(slugOf(operation)), as)
  return send(client, operation, { ...request, body }, await currentVersion(client, operation, request))
}

/** Every object inside a body, the body included, with the same body where something is added to it. */
function withMore(value: unknown, more: Body, at = ''): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      withMore(item, more, `${at}/${index}`).map(
        ([place, changed]) => [place, value.with(index, changed)] as const,
      ),
    )
  }
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, item]) =>
    withMore(item, more, `${at}/${name}`).map(
      ([place, changed]) => [place, { ...value, [name]: changed }] as const,
    ),
  )
  return [[at, { ...more, ...value }], ...inside]
}

/** Whether a body has a field of this name at this place as it is. */
function declares(body: unknown, place: string, name: string): boolean {
  const steps = place.split('/').slice(1)
  const there = steps.reduce<unknown>((value, step) => (value as Body | undefined)?.[step], body)
  return Object.hasOwn(there as Body, name)
}

/** The same body with one value in another form than the one that is due. */
function confused(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return [
      ...value.flatMap((item, i) => confused(item).map((other) => value.with(i, other))),
      { 0: value[0] },
      'x',
    ]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) =>
      confused(item).map((other) => ({ ...value, [name]: other })),
    )
  }
  return [[value], { value }, typeof value === 'string' ? 7 : 'seven', typeof value === 'boolean' ? 1 : true]
}

describe.each(writable.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  const arena = server.arena(slugOf(operation))
  const valid = validRequests(operation, arena)

  test('takes no field that it does not declare, however deep it stands', async () => {
    const before = await server.checksums.butTheLog(arena.account)
    const more = Object.fromEntries(wanted.map((name) => [name, 'superuser']))
    const faults: string[] = []
    for (const one of valid) {
      for (const [place, body] of withMore(one.request.body, more)) {
        const reply = await ask(operation, one, body)
        const { errors = [] } = reply.json<{ errors?: { pointer: string; detail: string }[] }>()
        const unknown = errors
          .filter(({ detail }) => detail === 'Unknown field')
          .map(({ pointer }) => pointer)
        const missed = wanted.filter(
          (name) => !unknown.includes(`${place}/${name}`) && !declares(one.request.body, place, name),
        )
        if (reply.status !== 400 || missed.length > 0)
          faults.push(`${place}: ${reply.status}, took ${missed.join(' ')}`)
      }
    }

    expect(faults).toEqual([])
    expect(await server.checksums.butTheLog(arena.account)).toEqual(before)
  })

  test('takes no value in another form', async () => {
    const before = await server.checksums.butTheLog(arena.account)
    const taken: string[] = []
    for (const one of valid) {
      for (const body of [...confused(one.request.body), [one.request.body], 'x', 7]) {
        const reply = await ask(operation, one, body)
        if (reply.status !== 400) taken.push(`${JSON.stringify(body)}: ${reply.status}`)
      }
    }

    expect(taken).toEqual([])
    expect(await server.checksums.butTheLog(arena.account)).toEqual(before)
  })

  test('leaves every object’s prototype as it is', async () => {
    const before = await server.checksums.butTheLog(arena.account)
    for (const one of valid) {
      const text = JSON.stringify({ ...(one.request.body as Body), polluted: 1 }).slice(1)
      for (const attack of ['"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}']) {
        const reply = await ask(operation, one, JSON.parse(`{${attack},${text}`))
        expect(reply.status).toBe(400)
      }
    }

    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(await server.checksums.butTheLog(arena.account)).toEqual(before)
  })
})

describe.each(asked.filter(isOpen).map((operation) => [operation.id, operation] as const))(
  '%s',
  (_, operation) => {
    const valid = validRequests(operation, server.arena(slugOf(operation)))

    test('decides alike whatever is said beside the question', async () => {
      const more = Object.fromEntries(wanted.map((name) => [name, 'superuser']))
      for (const one of valid) {
        const plain = await ask(operation, one, one.request.body)
        for (const [place, body] of withMore(one.request.body, more)) {
          expect((await ask(operation, one, body)).text, `${place}`).toBe(plain.text)
        }
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    })
  },
)

test.each(asked.map((operation) => [operation.id, operation] as const))(
  '%s takes no query that is unknown, given twice or in another form',
  async (_, operation) => {
    const arena = server.arena(slugOf(operation))
    const [valid] = validRequests(operation, arena)
    if (!valid) throw new Error(`${operation.id} has no request`)
    const names = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
    const queries = [
      ...names.flatMap((name) => [`${name}=x&${name}=x`, `${name}[]=x`, `${name}[a]=x`]),
      ...['role=superuser', 'isOwner=true', 'constructor=x', '__proto__=x'].filter(
        (query) => !names.includes(query.split('=')[0] ?? ''),
      ),
    ]
    const before = await server.checksums.butTheLog(arena.account)
    const taken: string[] = []
    for (const query of queries) {
      const client = server.sender(arena, valid.as)
      const request = { ...valid.request, query: {} }
      const versions = await currentVersion(client, operation, request)
      const path = { ...operation, path: `${operation.path}?${query}` }
      const reply = await send(client, path, request, versions)
      if (reply.status !== 400 && !isOpen(operation)) taken.push(`${query}: ${reply.status}`)
    }

    expect(taken).toEqual([])
    expect(await server.checksums.butTheLog(arena.account)).toEqual(before)
  },
)

test('the endpoints that take a body are many', () => {
  expect(writable.length).toBeGreaterThan(25)
})
