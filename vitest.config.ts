import { defineConfig } from 'vitest/config'

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
          testTimeout: 60_000,
          hookTimeout: 120_000,
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
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/database/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each file has an application and a database of its own; only the code that both run is loaded once.
          isolate: false,
        },
      },
    ],
    // Both of two processors, also where nobody watches.
    maxWorkers: '100%',
  },
})
