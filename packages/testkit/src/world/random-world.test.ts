import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomWorld } from './random-world.ts'

test('random worlds say all kinds of things', () => {
  const accounts = fc.sample(randomWorld, { numRuns: 200, seed: 7 }).flatMap((world) => world.accounts)
  const grants = accounts.flatMap((account) => account.grants)

  expect(accounts.length).toBeGreaterThan(300)
  expect(accounts.filter(({ external }) => external.length > 0).length).toBeGreaterThan(50)
  expect(accounts.filter(({ connections }) => connections.length > 0).length).toBeGreaterThan(50)
  expect(grants.filter(({ to }) => to.kind === 'connection').length).toBeGreaterThan(50)
  expect(grants.filter(({ role }) => role === 'local').length).toBeGreaterThan(10)
  expect(grants.filter(({ startsAt, endsAt }) => startsAt && endsAt).length).toBeGreaterThan(50)
})
