import { randomUUID } from 'node:crypto'
import { type AccessChange, type OrganizationId, type RoleId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { describe, expect, test } from 'vitest'
import { appendEvents } from '../audit/append-events.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import { describeOrganization, findOrganization } from '../organization/organizations.ts'
import { acme, globex, grant, makeTeam, milan, user } from '../team.fixture.ts'
import { loadFacts } from './load-facts.ts'
import { lockAccounts } from './lock-accounts.ts'
import { writeChanges } from './write-changes.ts'

const superuser = 'superuser' as RoleId

describe('changes of one account at the same instant', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 10 })
  await makeTeam(db, Date.now())
  const write = (...changes: AccessChange[]) =>
    transaction(db, [acme], (tx) => writeChanges(tx, blueprint, acme, changes))

  test('never take the last superuser, when two superusers demote each other', async () => {
    for (let round = 0; round < 200; round++) {
      await database.asOwner(`delete from grants where role = 'superuser'`)
      const rights = [grant(user('frida'), superuser), grant(user('dana'), superuser)]
      await write(...rights)

      const demote = (right: AccessChange) =>
        transaction(db, [acme], async (tx) => {
          await lockAccounts(tx, [acme])
          const facts = await loadFacts(tx, blueprint, acme)
          const held = facts?.grants.filter(({ role }) => role === superuser) ?? []
          if (held.length < 2 || right.kind !== 'grant_set') return false
          await writeChanges(tx, blueprint, acme, [{ kind: 'grant_removed', id: right.grant.id }])
          return true
        })
      const won = await Promise.all(rights.map(demote))

      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await database.asOwner(`select id from grants where role = 'superuser'`)).toHaveLength(1)
    }
  })

  test('let one edit of a version win, and show the others that they are late', async () => {
    const version = async () =>
      (await transaction(db, [acme], (tx) => findOrganization(tx, acme, milan)))?.version
    for (let round = 0; round < 20; round++) {
      const seen = await version()
      const edit = (name: string) =>
        transaction(db, [acme], async (tx) => {
          await lockAccounts(tx, [acme])
          const found = await findOrganization(tx, acme, milan)
          if (found?.version !== seen) return false
          await describeOrganization(tx, acme, milan, { key: 'milan', name })
          return true
        })

      const won = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(edit))
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await version()).toBe((seen ?? 0) + 1)
    }
  })

  test('count one revision each', async () => {
    const before = await transaction(db, [acme], (tx) => loadFacts(tx, blueprint, acme))
    const revisions = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        write({ kind: 'organization_set', id: `org_counted${i}` as OrganizationId }),
      ),
    )

    const first = (before?.revision ?? 0) + 1
    expect(revisions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => first + i))
  })

  test('of two accounts never wait for each other, in whichever order they are named', async () => {
    const change = (accounts: readonly (typeof acme)[]) =>
      transaction(db, accounts, async (tx) => {
        await lockAccounts(tx, accounts)
        await appendEvents(tx, [
          {
            id: `evt_${randomUUID()}` as never,
            at: 0,
            action: 'connection.edit',
            outcome: 'done',
            actor: { kind: 'system' },
            accounts,
          },
        ])
        return true
      })

    const done = await Promise.all(
      Array.from({ length: 60 }, (_, i) => change(i % 2 === 0 ? [acme, globex] : [globex, acme])),
    )
    expect(done).toHaveLength(60)
  })
})
