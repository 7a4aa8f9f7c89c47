import type { ProblemKind } from '../problem.ts'

export const organizationProblems = {
  organization_key_taken: {
    status: 409,
    title: 'An organization with this key exists',
    detail: 'Keys are unique in an account; choose another one.',
  },
} as const satisfies Record<string, ProblemKind>
