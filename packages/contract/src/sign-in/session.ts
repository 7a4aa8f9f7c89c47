import { z } from 'zod'
import { moment } from '../reference.ts'

const PendingStep = z.enum(['second_factor', 'set_up_mfa', 'link_sso'])

/** The session that a request carries, as its own person sees it. */
export const CurrentSession = z
  .strictObject({
    id: z.string(),
    user: z.strictObject({ id: z.string(), email: z.string(), name: z.string().nullable() }),
    pending: PendingStep.nullable().describe('What is left to do before the sign-in is one; null: nothing'),
    first_factor: z.enum(['password', 'passkey', 'sso']),
    second_factor: z.enum(['totp', 'security_key', 'recovery_code', 'passkey']).nullable(),
    second_factors: z
      .array(z.enum(['totp', 'security_key', 'recovery_code']))
      .describe('What the person can prove a second factor with'),
    fresh_until: moment
      .nullable()
      .describe('Until when credentials may be changed without proving everything again'),
    ends_at: moment.describe('When everybody of this account signs in again'),
  })
  .meta({ id: 'CurrentSession' })

/** A session in a list. */
export const ListedSession = z
  .strictObject({
    id: z.string(),
    current: z.boolean().describe('Whether it is the one that asks'),
    first_factor: z.enum(['password', 'passkey', 'sso']),
    second_factor: z.enum(['totp', 'security_key', 'recovery_code', 'passkey']).nullable(),
    pending: PendingStep.nullable(),
    started_at: moment,
    last_used_at: moment,
    user_agent: z.string().nullable(),
    address: z.string().nullable(),
  })
  .meta({ id: 'Session' })
