import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const token = z.string().min(1).max(100).describe('From the link in the mail')

export const requestEmailVerification = endpoint({
  id: 'email_verification.request',
  method: 'POST',
  path: '/api/v1/me/email-verification',
  summary: 'Have a link sent by which to verify one’s own address',
  description:
    'The link is good for a day, once, and the next one makes it dead. To an address that is verified nothing is sent.',
  access: 'begun_session',
  answers: { 202: z.undefined() },
  problems: ['too_many_attempts'],
})

export const confirmEmailVerification = endpoint({
  id: 'email_verification.confirm',
  method: 'POST',
  path: '/api/v1/email-verification/confirm',
  summary: 'Verify an address by a link',
  description: 'Signs nobody in. The link is dead once the address is another one.',
  access: 'public',
  body: z.strictObject({ token }),
  answers: { 204: z.undefined() },
  problems: ['email_link_dead'],
})

export const requestEmailChange = endpoint({
  id: 'email_change.request',
  method: 'POST',
  path: '/api/v1/me/email',
  summary: 'Have a link sent to a new address of one’s own',
  description:
    'Nothing changes until the link is opened, which is good for a day, once; the next one makes it dead. The old ' +
    'address is told. The answer is the same whether or not somebody else signs in with the new address.',
  access: 'fresh_session',
  body: z.strictObject({ email: z.string().max(320) }),
  answers: { 202: z.undefined() },
  problems: ['email_malformed', 'too_many_attempts'],
})

export const confirmEmailChange = endpoint({
  id: 'email_change.confirm',
  method: 'POST',
  path: '/api/v1/email-change/confirm',
  summary: 'Change an address by a link to the new one',
  description:
    'Ends the person’s sessions, but for one that sends this itself, which goes on under a new token, and links for a ' +
    'new password; the old address is told. Where somebody else signs in with the address by now, the link is dead.',
  access: 'public',
  body: z.strictObject({ token }),
  answers: { 204: z.undefined() },
  problems: ['email_link_dead'],
})

export const emailEndpoints = [
  requestEmailVerification,
  confirmEmailVerification,
  requestEmailChange,
  confirmEmailChange,
]
