import type { ProblemKind } from '../problem.ts'

export const accessProblems = {
  decisions_not_permitted: {
    status: 403,
    title: 'This key may not ask for decisions',
    detail: 'Ask with a deployment key, or with a key of the account whose maker is still active in it.',
  },
  page_token_invalid: {
    status: 400,
    title: 'The page token is not valid here',
    detail:
      'A page token works only with the search that it came from; repeat that search unchanged, or start again without one.',
  },
  revision_unreached: {
    status: 409,
    title: 'The revision does not exist',
    detail:
      '`at_least` names a revision that the account has not reached; ask with one that Keyholder has given out.',
  },
} as const satisfies Record<string, ProblemKind>
