import { testDatabase } from '@keyholder/testkit/database'
import { describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { findDeployment, openDeployment, replaceBlueprint } from './deployment.ts'

const blueprint = { name: 'Tickets', resources: {}, roles: {} }

describe('the deployment', async () => {
  const database = await testDatabase()
  const db = database.open()
  const open = (id: string) =>
    transaction(db, 'deployment', (tx) => openDeployment(tx, { id, blueprint, blueprintHash: 'one' }))

  test('is made by the first of several nodes that start at once, with a secret of its own', async () => {
    expect(await transaction(db, 'deployment', findDeployment)).toBeUndefined()
    const opened = await Promise.all(['dep_1', 'dep_2', 'dep_3'].map(open))

    const [first] = opened
    expect(first?.cursorSecret).toHaveLength(32)
    for (const other of opened) expect(other).toEqual(first)
    expect(await open('dep_4')).toEqual(first)
  })

  test('takes another blueprint, and keeps its secret', async () => {
    const before = await open('dep_1')
    await transaction(db, 'deployment', (tx) =>
      replaceBlueprint(tx, { blueprint: { ...blueprint, name: 'Documents' }, blueprintHash: 'two' }),
    )

    expect(await transaction(db, 'deployment', findDeployment)).toEqual({
      ...before,
      blueprint: { ...blueprint, name: 'Documents' },
      blueprintHash: 'two',
    })
  })
})
