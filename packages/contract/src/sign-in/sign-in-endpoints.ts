import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CurrentSession } from './session.ts'

const email = z.string().min(1).max(320)
const password = z.string().min(1).max(1024)

export const startSignIn = endpoint({
  id: 'sign_in.start',
  method: 'POST',
  path: '/api/v1/sign-in',
  summary: 'Ask how an address signs in',
  description:
    'The answer depends on the domain of the address alone and tells nothing of whether somebody has it.',
  access: 'public',
  body: z.strictObject({ email }),
  answers: {
    200: z
      .strictObject({
        methods: z.array(z.enum(['password', 'passkey'])),
        sso: z
          .strictObject({ connection: z.string(), name: z.string(), required: z.boolean() })
          .nullable()
          .describe('The single sign-on of the account that has proven this domain'),
      })
      .meta({ id: 'SignInMethods' }),
  },
  problems: [],
})

export const signInWithPassword = endpoint({
  id: 'sign_in.password',
  method: 'POST',
  path: '/api/v1/sign-in/password',
  summary: 'Sign in with a password',
  description:
    'Answers with the session in a cookie. Where `pending` names something, the session opens nothing but that. ' +
    'Whether the address, the password or the person was wrong is not told.',
  access: 'public',
  body: z.strictObject({ email, password }),
  answers: { 200: CurrentSession },
  problems: ['sign_in_failed', 'sso_required', 'too_many_attempts', 'too_busy'],
})

export const getSession = endpoint({
  id: 'session.get',
  method: 'GET',
  path: '/api/v1/session',
  summary: 'The session that asks',
  access: 'begun_session',
  answers: { 200: CurrentSession },
  problems: [],
})

export const signOut = endpoint({
  id: 'session.end',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'Sign out',
  access: 'begun_session',
  answers: { 204: z.undefined() },
  problems: [],
})

export const provePassword = endpoint({
  id: 'session.prove_password',
  method: 'POST',
  path: '/api/v1/session/password',
  summary: 'Prove the password once more',
  description:
    'Towards a fresh session, or one that a stricter account lets in. Whoever holds a token proves that too.',
  access: 'session',
  body: z.strictObject({ password }),
  answers: { 200: CurrentSession },
  problems: ['proof_refused', 'sso_required', 'too_many_attempts', 'too_busy'],
})

export const signInEndpoints = [startSignIn, signInWithPassword, getSession, signOut, provePassword]
