import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const path = '/api/v1/accounts/{account}/members/{user}'
const access = { permission: 'member.reset_credentials', at: 'account' } as const
const who =
  'Only of people whose home this account is, and who hold nothing there that the caller does not hold.'

export const resetMemberMfa = endpoint({
  id: 'member.reset_mfa',
  method: 'POST',
  path: `${path}/mfa-reset`,
  summary: 'Take away a user’s second factors',
  description: `All of them, with the recovery codes, as when a phone is lost; the user is signed out everywhere and told by mail. ${who}`,
  access,
  answers: { 200: z.strictObject({ removed: z.int() }).meta({ id: 'MfaReset' }) },
  problems: ['member_protected', 'member_from_elsewhere', 'own_credentials'],
})

export const sendMemberPasswordReset = endpoint({
  id: 'member.send_password_reset',
  method: 'POST',
  path: `${path}/password-reset`,
  summary: 'Send a user a link by which to set a new password',
  description: `To the user’s own address; nobody else sees the link or chooses the password. ${who}`,
  access,
  answers: { 202: z.undefined() },
  problems: ['member_protected', 'member_from_elsewhere'],
})

export const memberCredentialEndpoints = [resetMemberMfa, sendMemberPasswordReset]
