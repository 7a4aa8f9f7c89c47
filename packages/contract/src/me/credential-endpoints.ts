import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { line, moment } from '../reference.ts'
import { challengeId, KeyChallenge, NewKeyAnswer } from '../sign-in/key-answer.ts'

const path = '/api/v1/me'
const tokens = `${path}/tokens` as const
const name = line(100)

/** A second factor of one's own. */
export const MfaToken = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['totp', 'security_key']),
    name: z.string(),
    stands_alone: z
      .boolean()
      .describe('Whether it opens the door without a password: a passkey that knows its person'),
    backed_up: z.boolean().describe('Whether its maker keeps a copy of it elsewhere'),
    created_at: moment,
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'MfaToken' })

export const setPassword = endpoint({
  id: 'me.set_password',
  method: 'PUT',
  path: `${path}/password`,
  summary: 'Set a new password',
  description:
    'Signs out everywhere else, and the person is told by mail. The session goes on under a new token.',
  access: 'fresh_session',
  body: z.strictObject({ password: z.string().min(1).max(4_096) }),
  answers: { 204: z.undefined() },
  problems: ['password_refused', 'too_busy'],
})

export const listMyTokens = endpoint({
  id: 'me.list_tokens',
  method: 'GET',
  path: tokens,
  summary: 'List one’s own second factors',
  access: 'session',
  answers: {
    200: z
      .strictObject({ items: z.array(MfaToken), recovery_codes: z.int().describe('How many are left') })
      .meta({ id: 'MfaTokens' }),
  },
  problems: [],
})

export const beginTotp = endpoint({
  id: 'me.begin_totp',
  method: 'POST',
  path: `${tokens}/totp`,
  summary: 'Begin to set up a generator of one-time codes',
  description: 'It counts for nothing until one of its codes was sent to `confirm`.',
  access: 'enrolling_session',
  answers: {
    201: z
      .strictObject({
        token: z.string(),
        secret: z.string().describe('To be typed into an app, in base32; it is shown once'),
        uri: z.string().describe('The same for a picture that an app reads'),
      })
      .meta({ id: 'BegunTotp' }),
  },
  problems: ['too_many_tokens'],
})

export const confirmTotp = endpoint({
  id: 'me.confirm_totp',
  method: 'POST',
  path: `${tokens}/totp/{token}/confirm`,
  summary: 'Set up a generator of one-time codes by its first code',
  description:
    'Proves the second factor for this session, which goes on under a new cookie; signs out everywhere else.',
  access: 'enrolling_session',
  body: z.strictObject({ code: z.string().min(1).max(20), name: name.optional() }),
  answers: { 200: MfaToken },
  problems: ['proof_refused', 'too_many_attempts'],
})

export const challengeNewKey = endpoint({
  id: 'me.challenge_new_key',
  method: 'POST',
  path: `${tokens}/security-key/challenge`,
  summary: 'Begin to add a hardware key or passkey',
  access: 'enrolling_session',
  answers: { 201: KeyChallenge },
  problems: ['too_many_tokens'],
})

export const addKey = endpoint({
  id: 'me.add_key',
  method: 'POST',
  path: `${tokens}/security-key`,
  summary: 'Add a hardware key or passkey',
  description:
    'Proves the second factor for this session, which goes on under a new cookie; signs out everywhere else.',
  access: 'enrolling_session',
  body: z.strictObject({ challenge: challengeId, response: NewKeyAnswer, name }),
  answers: { 201: MfaToken },
  problems: ['key_refused', 'too_many_tokens'],
})

export const renameMyToken = endpoint({
  id: 'me.rename_token',
  method: 'PATCH',
  path: `${tokens}/{token}`,
  summary: 'Give a second factor another name',
  access: 'session',
  body: z.strictObject({ name }),
  answers: { 200: MfaToken },
  problems: [],
})

export const removeMyToken = endpoint({
  id: 'me.remove_token',
  method: 'DELETE',
  path: `${tokens}/{token}`,
  summary: 'Remove a second factor',
  description:
    'Not the last one where the account asks for one. Recovery codes go with the last. Signs out everywhere else; ' +
    'the session goes on under a new token.',
  access: 'fresh_session',
  answers: { 204: z.undefined() },
  problems: ['last_token'],
})

export const makeRecoveryCodes = endpoint({
  id: 'me.make_recovery_codes',
  method: 'POST',
  path: `${path}/recovery-codes`,
  summary: 'Make ten recovery codes',
  description:
    'Shown once; those from before are of no more use. Each proves a second factor once. The session goes on under a new token.',
  access: 'fresh_session',
  answers: { 201: z.strictObject({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' }) },
  problems: ['token_missing'],
})

export const credentialEndpoints = [
  setPassword,
  listMyTokens,
  beginTotp,
  confirmTotp,
  challengeNewKey,
  addKey,
  renameMyToken,
  removeMyToken,
  makeRecoveryCodes,
]
