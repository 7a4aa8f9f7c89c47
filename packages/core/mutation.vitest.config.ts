import { defineConfig } from 'vitest/config'

/** The core's tests for mutation testing: fewer random worlds, since each mutant lives through many, and always the same. */
export default defineConfig({
  test: {
    include: ['packages/core/src/**/*.test.ts'],
    env: { KEYHOLDER_CASES: '200', KEYHOLDER_SEED: '1' },
    testTimeout: 30_000,
  },
})
