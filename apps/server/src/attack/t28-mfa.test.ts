import { describe, expect, test } from 'vitest'
import { operations, send, startAttackServer, validRequests, type Operation } from '@keyholder/testkit/attack'

/*
 * T28: the second factor is not walked round. With the password alone, every endpoint of the API is tried: only those
 * that finish the sign-in answer, and one that writes to the person themselves. Made from the OpenAPI document, so a
 * new endpoint is tried too.
 */

const server = await startAttackServer(['half', 'bare'])
const guarded = operations.filter(({ access }) => access !== 'public')
/** What finishes the sign-in, and a mail to the person's own address, which opens nothing. */
const finishing = [
  'email_verification.request',
  'session.challenge_security_key',
  'session.end',
  'session.get',
  'session.prove_recovery_code',
  'session.prove_security_key',
  'session.prove_totp',
]
const enrolling = ['me.add_key', 'me.begin_totp', 'me.challenge_new_key', 'me.confirm_totp']

/** Every endpoint but these, with how it refuses: host products' questions are no matter of people at all. */
function closedBut(...open: readonly string[]) {
  return guarded
    .filter(({ id }) => !open.includes(id))
    .map((operation) => {
      const isQuestion = operation.path.startsWith('/access/') && operation.id !== 'access.explain'
      const refusal = isQuestion
        ? { status: 403, code: 'decisions_not_permitted' }
        : { status: 401, code: 'sign_in_unfinished' }
      return [operation.id, operation, refusal] as const
    })
}

// After the password alone: one holds a second factor, the other has to set up a first one.
for (const [slug, pending] of [
  ['half', 'second_factor'],
  ['bare', 'set_up_mfa'],
]) {
  await server.database.asOwner(
    `update sessions set pending = $2, second_factor = null, second_factor_at = null where id = $1`,
    [`ses_${slug}`, pending],
  )
}

async function answerTo(operation: Operation, slug: string) {
  const arena = server.arena(slug)
  const [valid] = validRequests(operation, arena)
  if (!valid) throw new Error(`${operation.id} has no request`)
  const reply = await send(server.sender(arena, 'session'), operation, valid.request, { 'if-match': '"1"' })
  return { status: reply.status, code: reply.json<{ code?: string }>().code }
}

describe('a sign-in that waits for its second factor', () => {
  test.each(closedBut(...finishing))('opens nothing: %s', async (_, operation, refusal) => {
    const before = await server.checksums.butTheLog(server.arena('half').account)

    expect(await answerTo(operation, 'half')).toEqual(refusal)
    expect(await server.checksums.butTheLog(server.arena('half').account)).toEqual(before)
  })
})

describe('a sign-in that waits for a first second factor to be set up', () => {
  test.each(closedBut(...finishing, ...enrolling))('opens nothing: %s', async (_, operation, refusal) => {
    expect(await answerTo(operation, 'bare')).toEqual(refusal)
  })
})

test('the endpoints that are open to half a sign-in are still there', () => {
  const known = new Set(operations.map(({ id }) => id))

  expect([...finishing, ...enrolling].filter((id) => !known.has(id))).toEqual([])
})
