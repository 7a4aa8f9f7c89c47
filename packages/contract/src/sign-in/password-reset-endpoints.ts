import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

export const requestPasswordReset = endpoint({
  id: 'password_reset.request',
  method: 'POST',
  path: '/api/v1/password-reset',
  summary: 'Ask for a link by which to set a new password',
  description:
    'The answer is always the same. The link goes to the address that is kept, where somebody signs in with it; it is ' +
    'good for an hour, once, and the next one makes it dead.',
  access: 'public',
  body: z.strictObject({ email: z.string().min(1).max(320) }),
  answers: { 202: z.undefined() },
  problems: [],
})

export const confirmPasswordReset = endpoint({
  id: 'password_reset.confirm',
  method: 'POST',
  path: '/api/v1/password-reset/confirm',
  summary: 'Set a new password by a link',
  description:
    'Ends every session of the person and signs nobody in: the next sign-in asks for the second factor as always.',
  access: 'public',
  body: z.strictObject({ token: z.string().min(1).max(100), password: z.string().min(1).max(4_096) }),
  answers: { 204: z.undefined() },
  problems: ['reset_link_dead', 'password_refused', 'too_busy'],
})

export const passwordResetEndpoints = [requestPasswordReset, confirmPasswordReset]
