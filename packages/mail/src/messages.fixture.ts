import type { Language } from '@keyholder/core'
import type { Message } from './message.ts'

const at = '2026-11-21T09:05:00.000Z'
const until = '2026-11-28T09:05:00.000Z'
const contoso = { slug: 'contoso', name: 'Contoso' }
const nightowl = { slug: 'nightowl', name: 'NightOwl' }
const rome = { key: 'rome', name: 'Rome office' }
const frida = { name: 'Frida Berg', email: 'frida@contoso.example' }
const sam = { name: 'Sam Field', email: 'sam@support.example' }

/** Every message in every form that it can take, and with everything that it can leave out. */
export function everyMessage(language: Language): readonly Message[] {
  const login = { language, name: 'Nina Holm' }
  const link = { ...login, token: 'a-token-of-letters', expires_at: until }
  const connection = { language, connection: 'con_1', account: nightowl, from: contoso }
  const invitation = {
    template: 'invitation',
    language,
    invitation: 'inv_1',
    kind: 'external',
    account: contoso,
    inviter: frida,
    subject: null,
    body: null,
    roles: [],
    groups: [],
    expires_at: until,
    resent: false,
    token: 'khi_a-token-of-letters',
  } as const

  return [
    {
      ...invitation,
      body: 'Hello Nina,\n\nthe inventory of Rome is waiting for you.\nSee you on Monday!',
      roles: [
        { role: 'Viewer', organization: null, ends_at: null },
        { role: 'Editor', organization: 'Rome office', ends_at: until },
      ],
      groups: ['Field team', 'Night shift'],
    },
    { ...invitation, inviter: { ...frida, name: null }, subject: 'Come and see', resent: true },
    { ...invitation, kind: 'home', inviter: null },
    {
      ...login,
      template: 'role_bound',
      account: contoso,
      organization: rome,
      role: 'Editor',
      ends_at: until,
      by: frida,
    },
    {
      ...login,
      template: 'role_bound',
      name: null,
      account: contoso,
      organization: null,
      role: 'Viewer',
      ends_at: null,
      by: null,
    },
    ...(['proposal', 'counter', 'widening'] as const).map((offer) => ({
      ...connection,
      template: 'connection_offer' as const,
      offer,
      maximum: 'Editor',
      ends_at: until,
      purpose: 'Night shift',
      message: 'Look after Rome at night.',
    })),
    ...(['accepted', 'declined', 'paused', 'resumed', 'ended'] as const).map((change) => ({
      ...connection,
      template: 'connection_changed' as const,
      change,
      reason: change === 'ended' ? 'The contract is over.' : null,
    })),
    { ...link, template: 'email_verification' },
    { ...link, template: 'password_reset' },
    { ...login, template: 'password_changed', at },
    { ...link, template: 'email_change_confirmation' },
    { ...login, template: 'email_change_notice', new_email: 'nina@new.example', change: 'asked', at },
    { ...login, template: 'email_change_notice', new_email: 'nina@new.example', change: 'done', at },
    { ...login, template: 'mfa_added', method: 'security_key', label: 'The blue one', at },
    { ...login, template: 'mfa_added', method: 'recovery_codes', label: null, at },
    { ...login, template: 'mfa_removed', method: 'totp', label: 'Phone', at },
    { ...login, template: 'mfa_removed', method: 'passkey', label: null, at },
    { ...login, template: 'mfa_reset', account: contoso, by: frida, at },
    ...[0, 1, 2, 9].map((remaining) => ({
      ...login,
      template: 'recovery_code_used' as const,
      remaining,
      at,
    })),
    {
      language,
      template: 'access_requested',
      account: contoso,
      organization: rome,
      request: 'arq_1',
      by: { name: 'Nina Holm', email: 'nina@nightowl.example' },
      role: 'Viewer',
      message: 'For the inventory of November.',
    },
    {
      ...login,
      template: 'access_request_approved',
      account: contoso,
      organization: rome,
      role: 'Viewer',
      ends_at: until,
      message: null,
    },
    {
      ...login,
      template: 'access_request_declined',
      account: contoso,
      organization: rome,
      message: 'Please ask in December.',
    },
    {
      language,
      template: 'support_access_begun',
      account: contoso,
      operator: sam,
      reason: 'A scan does not end',
      at,
      ends_at: until,
    },
    ...(['operator', 'account', 'expiry'] as const).map((ended_by) => ({
      language,
      template: 'support_access_ended' as const,
      account: contoso,
      operator: sam,
      ended_by,
      at,
    })),
  ]
}
