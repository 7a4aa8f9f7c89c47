import type { AccessChange, Agreement, ConnectionId, RoleId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeChanges } from '../access/write-changes.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import { acme, day, globex, group, makeTeam, rome, user } from '../team.fixture.ts'
import {
  connectionsOfDelegates,
  connectionsUnderMaximum,
  describeConnection,
  findConnection,
  findStandingConnection,
  listConnections,
  lockConnection,
  touchConnections,
  type ConnectionFilter,
} from './connections.ts'

const now = Date.now()
const id = 'con_1' as ConnectionId

function agreement(
  change: Partial<Agreement> = {},
  status: 'proposed' | 'active' | 'ended' = 'proposed',
): Agreement {
  return {
    connection: {
      id,
      host: acme,
      guest: globex,
      maximum: 'editor' as RoleId,
      delegates: 'everyone',
      status,
      endsAt: now + day,
    },
    assurance: 'mfa',
    extension: 30 * day,
    purpose: 'Night shift',
    message: 'Hello',
    proposedBy: { kind: 'person', id: user('dana') },
    proposedAt: now,
    offer: {
      by: 'host',
      author: { kind: 'person', id: user('dana') },
      at: now,
      terms: { maximum: 'editor' as RoleId, assurance: 'mfa', endsAt: now + day },
      groups: [group('night')],
      openings: [{ organization: rome }],
    },
    ...change,
  }
}

describe('connections', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 6 })
  await makeTeam(db, now)
  beforeEach(() => database.asOwner('truncate connections cascade'))

  const save = (made: Agreement) =>
    transaction(db, [acme, globex], async (tx) => {
      await writeChanges(tx, blueprint, acme, [{ kind: 'connection_set', connection: made.connection }])
      await describeConnection(tx, made)
    })

  test('are kept with their story, and shown to both sides with their names', async () => {
    const proposed = agreement()
    await save(proposed)

    for (const account of [acme, globex]) {
      const found = await transaction(db, [account], (tx) => findConnection(tx, account, id))
      expect(found).toMatchObject({
        agreement: proposed,
        host: { id: acme, slug: 'acme', name: 'Acme' },
        guest: { id: globex, slug: 'globex', name: 'Globex' },
      })
    }
  })

  test('are kept as they are answered and ended, in a new version', async () => {
    await save(agreement())
    const ended = agreement(
      {
        offer: undefined,
        ended: { by: 'guest', at: now, author: { kind: 'operator', id: 'key_1' as never } },
      },
      'ended',
    )
    const before = await transaction(db, [acme], (tx) => findConnection(tx, acme, id))
    await save(ended)

    const after = await transaction(db, [acme], (tx) => findConnection(tx, acme, id))
    expect(after?.agreement).toEqual({ ...ended, offer: undefined })
    expect(after?.version).toBeGreaterThan(before?.version ?? 0)
  })

  test('stand at most once in each direction', async () => {
    await save(agreement())
    const standing = () => transaction(db, [acme], (tx) => findStandingConnection(tx, acme, globex))
    expect(await standing()).toBe(id)

    const second = agreement()
    const twin = save({ ...second, connection: { ...second.connection, id: 'con_2' as ConnectionId } })
    await expect(twin).rejects.toThrow(/connections_one_standing/)
    await save(agreement({ offer: undefined }, 'ended'))
    expect(await standing()).toBeUndefined()
  })

  test('are answered by one side at a time', async () => {
    const answer = (account: typeof acme) =>
      transaction(db, [acme, globex], async (tx) => {
        const locked = await lockConnection(tx, account, id)
        if (locked?.agreement.connection.status !== 'proposed') return 0
        await writeChanges(tx, blueprint, acme, [
          { kind: 'connection_set', connection: { ...locked.agreement.connection, status: 'active' } },
        ])
        return 1
      })

    for (let round = 0; round < 20; round++) {
      await save(agreement())
      const answers = await Promise.all([acme, globex, acme, globex, acme, globex].map(answer))
      expect(answers.filter(Boolean)).toHaveLength(1)
    }
  })

  test('are listed by side, state and the other’s name', async () => {
    await save(agreement())
    const found = async (account: typeof acme, filter: ConnectionFilter) => {
      const page = await transaction(db, [account], (tx) =>
        listConnections(tx, account, filter, { limit: 25, sort: 'name' }),
      )
      return page.total
    }

    expect(await found(acme, {})).toBe(1)
    expect(await found(globex, {})).toBe(1)
    expect(await found(acme, { side: 'host' })).toBe(1)
    expect(await found(acme, { side: 'guest' })).toBe(0)
    expect(await found(globex, { side: 'guest' })).toBe(1)
    expect(await found(acme, { statuses: ['active', 'paused'] })).toBe(0)
    expect(await found(acme, { text: 'GLOB' })).toBe(1)
    expect(await found(globex, { text: 'glob' })).toBe(0)
    expect(await found(acme, { other: globex })).toBe(1)
  })

  test('tell whose delegates and under what they are, so that neither goes unnoticed', async () => {
    await transaction(db, [globex], (tx) =>
      writeChanges(tx, blueprint, globex, [
        { kind: 'group_set', group: { id: group('shift'), key: 'shift', name: 'Shift', kind: 'manual' } },
      ]),
    )
    const made = agreement()
    await save({ ...made, connection: { ...made.connection, delegates: group('shift') } })

    expect(
      await transaction(db, [globex], (tx) => connectionsOfDelegates(tx, globex, group('shift'))),
    ).toEqual([id])
    expect(
      await transaction(db, [acme], (tx) => connectionsUnderMaximum(tx, acme, 'editor' as RoleId)),
    ).toMatchObject([{ id, delegates: group('shift') }])
    const removal: AccessChange = { kind: 'group_removed', id: group('shift') }
    await expect(
      transaction(db, [globex], (tx) => writeChanges(tx, blueprint, globex, [removal])),
    ).rejects.toThrow(/foreign key/)
  })

  test('are known to have been used', async () => {
    await save(agreement({}, 'active'))
    await transaction(db, 'deployment', (tx) => touchConnections(tx, [{ host: acme, guest: globex }]))

    const found = await transaction(db, [acme], (tx) => findConnection(tx, acme, id))
    expect(found?.lastUsedAt).toBeInstanceOf(Date)
  })
})
