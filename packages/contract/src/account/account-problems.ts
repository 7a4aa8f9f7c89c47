import type { ProblemKind } from '../problem.ts'

export const accountProblems = {
  account_slug_taken: {
    status: 409,
    title: 'An account with this slug exists',
    detail: 'Slugs are unique in a deployment; choose another one.',
  },
  email_taken: {
    status: 409,
    title: 'Somebody signs in with this address already',
    detail: 'A person has one login, in every account they work in; invite them or use another address.',
  },
  email_malformed: {
    status: 422,
    title: 'This is not an e-mail address',
    detail: 'Write one address, as in `name@company.example`.',
  },
} as const satisfies Record<string, ProblemKind>
