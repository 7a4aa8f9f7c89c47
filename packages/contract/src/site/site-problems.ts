import type { ProblemKind } from '../problem.ts'

export const siteProblems = {
  site_key_taken: {
    status: 409,
    title: 'A site with this key exists',
    detail: 'Keys are unique in an organization; choose another one.',
  },
} as const satisfies Record<string, ProblemKind>
