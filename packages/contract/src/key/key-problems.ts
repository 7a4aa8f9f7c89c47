import type { ProblemKind } from '../problem.ts'

export const keyProblems = {
  key_beyond_own_access: {
    status: 403,
    title: 'Nobody gives a key more than they hold',
    detail: '`beyond` names the scopes that you do not hold over the whole account; leave them out.',
  },
  key_beyond_own_end: {
    status: 403,
    title: 'No key makes or renews one that outlasts it',
    detail: 'The key that you use ends by itself; choose an end that does not come after it.',
  },
  key_never_valid: {
    status: 422,
    title: 'The key would never be valid',
    detail: 'Its end has already come; choose a later one.',
  },
} as const satisfies Record<string, ProblemKind>
