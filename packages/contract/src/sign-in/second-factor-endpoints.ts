import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CurrentSession } from './session.ts'

export const proveTotp = endpoint({
  id: 'session.prove_totp',
  method: 'POST',
  path: '/api/v1/session/totp',
  summary: 'Prove a second factor with a one-time code',
  description: 'Each code is taken once, and none that is older than one that was used.',
  access: 'begun_session',
  body: z.strictObject({ code: z.string().min(1).max(20) }),
  answers: { 200: CurrentSession },
  problems: ['proof_refused', 'too_many_attempts'],
})

export const proveRecoveryCode = endpoint({
  id: 'session.prove_recovery_code',
  method: 'POST',
  path: '/api/v1/session/recovery-code',
  summary: 'Prove a second factor with a recovery code',
  description: 'It is used up by this, and the person is told by mail.',
  access: 'begun_session',
  body: z.strictObject({ code: z.string().min(1).max(60) }),
  answers: { 200: CurrentSession },
  problems: ['proof_refused', 'too_many_attempts'],
})

export const secondFactorEndpoints = [proveTotp, proveRecoveryCode]
