import type { ProblemKind } from '../problem.ts'

export const credentialProblems = {
  key_refused: {
    status: 401,
    title: 'The key was not accepted',
    detail: 'The hardware key or passkey did not answer what was asked; begin anew, or come in another way.',
  },
  reset_link_dead: {
    status: 410,
    title: 'This link does not work any more',
    detail: 'It was used, or replaced by a newer one, or its hour is over; ask for a new one.',
  },
  email_link_dead: {
    status: 410,
    title: 'This link does not work any more',
    detail: 'It was used, or replaced by a newer one, or its day is over; ask for a new one.',
  },
  own_credentials: {
    status: 409,
    title: 'These are your own',
    detail: 'Remove them on your own page, after proving everything once more.',
  },
  token_missing: {
    status: 409,
    title: 'There is no second factor to do this with',
    detail: 'Set up a hardware key, a passkey or a generator of one-time codes first.',
  },
  last_token: {
    status: 409,
    title: 'This is the last second factor',
    detail: 'The account asks everybody for a second factor; add another one before you remove this one.',
  },
  too_many_tokens: {
    status: 409,
    title: 'There are too many second factors',
    detail: 'Nobody has more than twenty; remove one that is of no more use first.',
  },
  password_refused: {
    status: 422,
    title: 'This password is too easy to guess',
    detail: 'Choose another one; `faults` says what is wrong with it.',
  },
} as const satisfies Record<string, ProblemKind>
