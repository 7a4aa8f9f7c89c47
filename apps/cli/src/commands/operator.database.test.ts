import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { runKeyholder } from '../testing/run-keyholder.ts'

const server = await startTestServer()
const run = (...words: string[]) =>
  runKeyholder(['operator', ...words], { DATABASE_URL: server.database.url })

describe('keyholder operator', () => {
  test('adds somebody to the staff, lists them and removes them', async () => {
    const added = await run('add', 'otto@nightowl.example')
    const listed = await run('list', '--json')
    const removed = await run('remove', 'otto@nightowl.example', '--json')
    const empty = await run('list')

    expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining('otto@nightowl.example') })
    expect(JSON.parse(listed.stdout)).toEqual({ user: 'usr_otto', email: 'otto@nightowl.example' })
    expect(JSON.parse(removed.stdout)).toEqual({ ended: 0 })
    expect(empty).toMatchObject({ status: 0, stdout: '' })
    expect((await server.events('nightowl')).map(({ action }) => action).slice(-2)).toEqual([
      'operator.add',
      'operator.remove',
    ])
  })

  test('says so where there is no such login, or nobody of that name on the staff', async () => {
    const [added, removed] = [
      await run('add', 'nobody@acme.example'),
      await run('remove', 'ada@acme.example'),
    ]

    expect(added).toMatchObject({ status: 2, stderr: expect.stringContaining('nobody has the login') })
    expect(removed).toMatchObject({ status: 2, stderr: expect.stringContaining('is not of the staff') })
  })
})
