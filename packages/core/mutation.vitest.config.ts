import { defineConfig } from 'vitest/config'

/** The core's tests for mutation testing: fewer random worlds, since each mutant lives through many tests. */
export default defineConfig({
  test: {
    include: ['packages/core/src/**/*.test.ts'],
    env: { KEYHOLDER_CASES: '200' },
    testTimeout: 30_000,
  },
})
