import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { TestClient, TestReply } from '@keyholder/testkit/server'
import {
  attackCases,
  currentVersion,
  madeUp,
  operations,
  says,
  send,
  slotsToAttack,
  startAttackServer,
  substituted,
  validRequests,
  victim,
  type Arena,
  type IdSlot,
  type Operation,
  type SampledRequest,
  type ValidRequest,
} from '@keyholder/testkit/attack'

/*
 * T01: wherever a request can name something, it names something of an account that has nothing to do with the
 * caller's. The answer is the one that a made-up name gets, byte for byte, and neither account is touched.
 *
 * The matrix is made from the OpenAPI document: an endpoint or a place without its case fails the build.
 */

const slugOf = (operation: Operation) => `a${operations.indexOf(operation)}`
const server = await startAttackServer(operations.map(slugOf))

/** What a stranger can tell answers apart by. */
function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

/** The attackers of a place, each with the request's own sender where that is somebody else. */
function attackers(slot: IdSlot, { as }: ValidRequest, arena: Arena): Readonly<Record<string, TestClient>> {
  const key = server.sender(arena, 'key')
  if (slot.in === 'header') return { key }
  const person = server.sender(arena, 'superuser')
  // The deployment's owner may name every account and every person, and in an account only what belongs to it; the
  // owner's staff may enter every account that has not turned that off.
  const isOwners =
    (as === 'operator' && (slot.names === 'account' || slot.names === 'user')) ||
    (as === 'staff' && slot.names === 'account')
  const isOne = as === 'superuser' || as === 'key'
  return isOwners || isOne ? { key, person } : { key, person, sender: server.sender(arena, as) }
}

/** Refused as not there, or as not allowed whatever is named; a search that finds nothing may also be an answer. */
function harmless(operation: Operation, slot: IdSlot, who: string): readonly number[] {
  if (slot.in === 'header') return [403]
  const reads = operation.method === 'GET' || attackCases[operation.id]?.reads === true
  const forbidden = who === 'key' || operation.access !== 'permission'
  return [404, 422, ...(reads ? [200] : []), ...(forbidden ? [403] : [])]
}

interface Attempt {
  /** As it stands in what a failure tells. */
  readonly told: string
  readonly who: string
  send(which: 'real' | 'made up'): Promise<TestReply>
}

/** Every way to put something of the victim's into one place of a request. */
async function attemptsAt(
  operation: Operation,
  slot: IdSlot,
  valid: ValidRequest,
  arena: Arena,
): Promise<readonly Attempt[]> {
  const version = await currentVersion(server.sender(arena, valid.as), operation, valid.request)
  const ask = (client: TestClient, request: SampledRequest | undefined, name: string) => {
    const header = slot.in === 'header' && { [slot.at.toLowerCase()]: name }
    return send(client, operation, request ?? valid.request, { ...version, ...header })
  }
  return Object.entries(attackers(slot, valid, arena)).flatMap(([who, client]) =>
    server.victim.names[slot.names].flatMap((name) => {
      const invented = substituted(valid.request, slot, madeUp(name))
      return substituted(valid.request, slot, name).map((request, index) => ({
        told: `${who} names ${name} at ${slot.in}:${slot.at}`,
        who,
        send: (which: 'real' | 'made up') =>
          which === 'real' ? ask(client, request, name) : ask(client, invented[index], madeUp(name)),
      }))
    }),
  )
}

/** What is wrong with the answer to an attempt. */
async function faultsOf(operation: Operation, slot: IdSlot, attempt: Attempt): Promise<readonly string[]> {
  const real = seen(await attempt.send('real'))
  const invented = seen(await attempt.send('made up'))
  const told = `${attempt.told} and is answered ${real.status} ${real.text}`
  return [
    ...(harmless(operation, slot, attempt.who).includes(real.status) ? [] : [told]),
    ...(real.text.includes(victim) ? [`${told}, which tells of the other account`] : []),
    ...(isDeepStrictEqual(real, invented)
      ? []
      : [`${told}, but a made-up name gets ${invented.status} ${invented.text}`]),
  ]
}

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_, operation) => {
    const arena = server.arena(slugOf(operation))
    const valid = validRequests(operation, arena)

    test('reaches nothing of another account, whichever place names it', async () => {
      const [theirs, own] = await Promise.all([
        server.checksums.everything(server.victim.account),
        server.checksums.butTheLog(arena.account),
      ])
      const faults: string[] = []
      for (const one of valid) {
        for (const slot of slotsToAttack(operation).filter((place) => says(one.request, place))) {
          for (const attempt of await attemptsAt(operation, slot, one, arena)) {
            faults.push(...(await faultsOf(operation, slot, attempt)))
          }
        }
      }

      expect(faults.slice(0, 5)).toEqual([])
      expect(await server.checksums.everything(server.victim.account)).toEqual(theirs)
      expect(await server.checksums.butTheLog(arena.account)).toEqual(own)
    })

    test('is carried out for whoever names their own', async () => {
      for (const { as, request } of valid) {
        const client = server.sender(arena, as)
        const headers = await currentVersion(client, operation, request)
        const reply = await send(client, operation, request, headers)
        expect(
          reply.status,
          `${JSON.stringify(request)} was answered ${reply.text}; say in packages/testkit/src/attack/cases what a request of ${operation.id} needs`,
        ).toBeOneOf([200, 201, 202, 204])
      }
    })

    test('has a request for every place in which something is named', () => {
      const missing = slotsToAttack(operation).filter(
        (slot) => !valid.some(({ request }) => says(request, slot)),
      )

      expect(
        missing,
        `name something of one's own there in a request of ${operation.id} in packages/testkit/src/attack/cases`,
      ).toEqual([])
    })
  },
)

describe('the matrix', () => {
  /**
   * Fields of free text: what stands in them is compared with nothing of another account. But for addresses, with
   * which people are invited from elsewhere, and `guest`, the slug of an account that is asked to connect.
   */
  const free = new Set(
    'account_name action address at_least attestationObject attribute authenticatorAttachment authenticatorData body certificates challenge client_id client_secret clientDataJSON code columns contact_name country cursor description domain email entity_id external_id guest id inviter issuer key legal_name list message metadata metadata_url name password permission permissions publicKey purpose q rawId reason recipient return_to scopes sign_on_url signature slug state status subject target_type tax_id token transports type userHandle value wants'.split(
      ' ',
    ),
  )

  test('knows of every text field whether it names something', () => {
    const unknown = operations.flatMap(({ id, texts }) =>
      texts
        .filter((place) => attackCases[id]?.also?.[place] === undefined)
        .filter((place) => !free.has(place.replaceAll('/[]', '').split(/[:/]/).at(-1) ?? ''))
        .map((place) => `${id} ${place}`),
    )

    expect(
      unknown,
      'declare the field with `naming` where it names something; else add its name to the free text above',
    ).toEqual([])
  })

  test('has no case for an endpoint that is gone', () => {
    const known = new Set(operations.map(({ id }) => id))

    expect(Object.keys(attackCases).filter((id) => !known.has(id))).toEqual([])
  })
})
