import type { ProblemKind } from '../problem.ts'

export const keyProblems = {
  key_beyond_own_access: {
    status: 403,
    title: 'Nobody gives a key more than they hold',
    detail: '`beyond` names the scopes that you do not hold over the whole account; leave them out.',
  },
  key_never_valid: {
    status: 422,
    title: 'The key would never be valid',
    detail: 'Its end has already come; choose a later one.',
  },
} as const satisfies Record<string, ProblemKind>
