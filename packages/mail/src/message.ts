import type { Language } from '@keyholder/core'
import { z } from 'zod'

const language = z.enum(['en', 'de', 'fr', 'es', 'pt-BR', 'ja']) satisfies z.ZodType<Language>
/** As `Date.toISOString` writes it. */
const moment = z.iso.datetime()
const account = z.strictObject({ slug: z.string(), name: z.string() })
const organization = z.strictObject({ key: z.string(), name: z.string() })
const person = z.strictObject({ name: z.string().nullable(), email: z.string() })
/** What opens the link; it stands behind `#`, in the mail and nowhere else, and leaves the outbox when the mail does. */
const token = z.string()
/** The name of whoever the mail is to; null where none is known. */
const name = z.string().nullable()
/** Something that people wrote: shown as it is, never as HTML. */
const note = z.string().nullable()

function message<const Template extends string, Fields extends z.core.$ZodLooseShape>(
  template: Template,
  fields: Fields,
) {
  return z.strictObject({ template: z.literal(template), language, ...fields })
}

const method = z.enum(['security_key', 'passkey', 'totp', 'recovery_codes'])

/** Everything that is written to people, each with the language of whoever reads it. */
export const Message = z.discriminatedUnion('template', [
  message('invitation', {
    invitation: z.string(),
    kind: z.enum(['home', 'external']),
    account,
    /** Null where the inviter is hidden, or no person invites. */
    inviter: person.nullable(),
    /** The inviter's own words; null for the usual ones. */
    subject: note,
    body: note,
    /** By their names; without an organization, over the whole account. */
    roles: z
      .array(
        z.strictObject({
          role: z.string(),
          organization: z.string().nullable(),
          ends_at: moment.nullable(),
        }),
      )
      .readonly(),
    /** By their names. */
    groups: z.array(z.string()).readonly(),
    expires_at: moment,
    /** Sent again: the link of the mail before is dead. */
    resent: z.boolean(),
    token,
  }),

  /** Somebody gave the reader a role, in an organization or over the whole account. */
  message('role_bound', {
    name,
    account,
    organization: organization.nullable(),
    role: z.string(),
    ends_at: moment.nullable(),
    /** Who gave it; null where no person did. */
    by: person.nullable(),
  }),

  /** To everybody of `account` who may answer what `from` offers. */
  message('connection_offer', {
    connection: z.string(),
    offer: z.enum(['proposal', 'counter', 'widening']),
    account,
    from: account,
    /** The name of the maximum role; null where the reader's side cannot name it. */
    maximum: z.string().nullable(),
    ends_at: moment.nullable(),
    purpose: note,
    message: note,
  }),
  /** To the administrators of `account`: what `from` did with the connection between the two. */
  message('connection_changed', {
    connection: z.string(),
    change: z.enum(['accepted', 'declined', 'paused', 'resumed', 'ended']),
    account,
    from: account,
    reason: note,
  }),

  message('email_verification', { name, token, expires_at: moment }),
  message('password_reset', { name, token, expires_at: moment }),
  message('password_changed', { name, at: moment }),
  /** To the new address, which becomes the reader's only by the link. */
  message('email_change_confirmation', { name, token, expires_at: moment }),
  /** To the old address: that a change was asked for, or has taken place. */
  message('email_change_notice', {
    name,
    new_email: z.string(),
    change: z.enum(['asked', 'done']),
    at: moment,
  }),
  /** `label` is what the reader called it. */
  message('mfa_added', { name, method, label: note, at: moment }),
  message('mfa_removed', { name, method, label: note, at: moment }),
  /** An administrator of the home account took all second factors away. */
  message('mfa_reset', { name, account, by: person.nullable(), at: moment }),
  message('recovery_code_used', { name, remaining: z.int().min(0), at: moment }),

  /** To those who may grant what is asked for. */
  message('access_requested', {
    account,
    /** Null where the account as a whole is asked for, or the message says what. */
    organization: organization.nullable(),
    request: z.string(),
    by: person,
    /** The name of the role that is asked for, where one is. */
    role: z.string().nullable(),
    message: note,
  }),
  message('access_request_approved', {
    name,
    account,
    organization: organization.nullable(),
    role: z.string(),
    ends_at: moment.nullable(),
    message: note,
  }),
  message('access_request_declined', {
    name,
    account,
    organization: organization.nullable(),
    message: note,
  }),

  /** To the superusers of the account that is entered. */
  message('support_access_begun', {
    account,
    operator: person,
    reason: z.string(),
    at: moment,
    ends_at: moment,
  }),
  message('support_access_ended', {
    account,
    operator: person,
    /** Who ended it; `expiry` where its time was over. */
    ended_by: z.enum(['operator', 'account', 'expiry']),
    at: moment,
  }),
])

export type Message = z.infer<typeof Message>
export type Template = Message['template']
/** The message of one template. */
export type MessageOf<T extends Template> = Extract<Message, { readonly template: T }>

/** Reads what the outbox kept; undefined where no version of Keyholder that this one knows wrote it. */
export function readMessage(payload: unknown): Message | undefined {
  const read = Message.safeParse(payload)
  return read.success ? read.data : undefined
}
