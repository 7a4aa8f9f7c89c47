import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { challengeId, KeyAnswer, KeyChallenge } from './key-answer.ts'
import { CurrentSession } from './session.ts'

const signed = z.strictObject({ challenge: challengeId, response: KeyAnswer })

export const challengePasskey = endpoint({
  id: 'sign_in.challenge_passkey',
  method: 'POST',
  path: '/api/v1/sign-in/passkey/challenge',
  summary: 'Begin to sign in with a passkey',
  description: 'Everybody is asked the same: the browser finds the passkey by itself.',
  access: 'public',
  answers: { 201: KeyChallenge },
  problems: ['too_many_attempts'],
})

export const signInWithPasskey = endpoint({
  id: 'sign_in.passkey',
  method: 'POST',
  path: '/api/v1/sign-in/passkey',
  summary: 'Sign in with a passkey',
  description:
    'A passkey that knows its person by a PIN or a body part stands for both factors. Answers with the session in a ' +
    'cookie. Why an answer was not taken is not told.',
  access: 'public',
  body: signed,
  answers: { 200: CurrentSession },
  problems: ['key_refused', 'sso_required'],
})

export const challengeSecurityKey = endpoint({
  id: 'session.challenge_security_key',
  method: 'POST',
  path: '/api/v1/session/security-key/challenge',
  summary: 'Begin to prove a second factor with a hardware key or passkey',
  access: 'begun_session',
  answers: { 201: KeyChallenge },
  problems: ['token_missing'],
})

export const proveSecurityKey = endpoint({
  id: 'session.prove_security_key',
  method: 'POST',
  path: '/api/v1/session/security-key',
  summary: 'Prove a second factor with a hardware key or passkey',
  access: 'begun_session',
  body: signed,
  answers: { 200: CurrentSession },
  problems: ['key_refused'],
})

export const challengeOwnPasskey = endpoint({
  id: 'session.challenge_passkey',
  method: 'POST',
  path: '/api/v1/session/passkey/challenge',
  summary: 'Begin to prove everything once more with a passkey',
  access: 'session',
  answers: { 201: KeyChallenge },
  problems: ['token_missing'],
})

export const provePasskey = endpoint({
  id: 'session.prove_passkey',
  method: 'POST',
  path: '/api/v1/session/passkey',
  summary: 'Prove everything once more with a passkey',
  description: 'Towards a fresh session, or one that a stricter account lets in.',
  access: 'session',
  body: signed,
  answers: { 200: CurrentSession },
  problems: ['key_refused'],
})

export const passkeyEndpoints = [
  challengePasskey,
  signInWithPasskey,
  challengeSecurityKey,
  proveSecurityKey,
  challengeOwnPasskey,
  provePasskey,
]
