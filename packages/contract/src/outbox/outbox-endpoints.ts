import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment, naming } from '../reference.ts'

export const OutboxMail = z
  .strictObject({
    id: z.string(),
    account: z.string().describe('The id of the account on whose behalf it is sent'),
    recipient: z.string(),
    payload: z
      .looseObject({ template: z.string(), language: z.string() })
      .describe('What the mail tells, by its template; what opens its link is left out'),
    sender_name: z.string().nullable().describe('Whom it comes from, as the recipient sees it'),
    subject: z.string().nullable(),
    text: z
      .string()
      .nullable()
      .describe('The mail as text; null where mails leave by a mail server, or what opened its link is gone'),
    html: z.string().nullable().describe('The same as HTML'),
    links: z.array(z.string()).describe('The addresses in the text; a secret, where one carries a token'),
    state: z.enum(['waiting', 'sent', 'failed']),
    attempts: z.int(),
    last_error: z.string().nullable(),
    created_at: moment,
    sent_at: moment.nullable(),
    failed_at: moment.nullable().describe('When it was given up'),
  })
  .meta({ id: 'OutboxMail' })

export const listOutbox = endpoint({
  id: 'outbox.list',
  method: 'GET',
  path: '/api/v1/outbox',
  summary: 'List the mails that wait to be sent or were',
  description:
    'The newest first. Mails leave with the change that they tell of, or not at all. Where no mail server is set, each ' +
    'is here as its recipient would get it, with its links, which are secrets: nowhere else are they to be had.',
  access: 'deployment',
  query: listQuery(
    ['created_at'],
    {
      account: naming('account').optional(),
      recipient: z.string().max(320).optional().describe('The exact address'),
      state: z.enum(['waiting', 'sent', 'failed']).optional(),
    },
    '-created_at',
  ),
  answers: { 200: listOf(OutboxMail) },
  problems: ['reference_unknown'],
})

export const outboxEndpoints = [listOutbox]
