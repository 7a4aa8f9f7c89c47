import { defineConfig } from 'vitest/config'

/**
 * A test waits for what is to happen and ends when it has; these bounds are for what never happens, and so large that
 * no busy machine comes near them.
 */
const bounds = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 300_000, interval: 20 } },
}

/** Random cases are the same in every run; name another seed to try others. */
const env = { KEYHOLDER_SEED: process.env['KEYHOLDER_SEED'] ?? '20261121' }

/** Tests that need no PostgreSQL, and those that do: the server is brought up once for all of them. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'packages/{core,contract,mail,world}/src/**/*.test.ts',
            'packages/testkit/src/**/*.test.ts',
            'apps/cli/src/**/*.test.ts',
          ],
          exclude: ['packages/testkit/src/database/**', 'apps/cli/src/**/*.database.test.ts'],
          ...bounds,
          env,
        },
      },
      {
        test: {
          name: 'database',
          include: [
            'packages/storage/src/**/*.test.ts',
            'packages/testkit/src/database/**/*.test.ts',
            'apps/cli/src/**/*.database.test.ts',
          ],
          globalSetup: ['packages/testkit/src/database/global-setup.ts'],
          ...bounds,
          env,
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/database/global-setup.ts'],
          ...bounds,
          env,
          // Each file has an application and a database of its own; only the code that both run is loaded once.
          isolate: false,
        },
      },
    ],
    // Both of two processors, also where nobody watches.
    maxWorkers: '100%',
  },
})
