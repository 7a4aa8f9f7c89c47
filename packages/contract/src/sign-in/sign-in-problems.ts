import type { ProblemKind } from '../problem.ts'

export const signInProblems = {
  sign_in_failed: {
    status: 401,
    title: 'This did not sign you in',
    detail: 'The address and the password do not belong together; try again, or have the password reset.',
  },
  proof_refused: {
    status: 401,
    title: 'This does not prove it',
    detail: 'The password, code or key is not the right one; try again.',
  },
  too_many_attempts: {
    status: 429,
    title: 'Too many attempts',
    detail:
      'Wait, as `Retry-After` says, or come in another way: by passkey, single sign-on or a reset by mail.',
  },
  too_busy: {
    status: 429,
    title: 'Too many people are signing in at this moment',
    detail: 'Try again in a few seconds.',
  },
} as const satisfies Record<string, ProblemKind>
