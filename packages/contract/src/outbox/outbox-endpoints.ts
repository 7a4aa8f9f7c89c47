import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment, naming } from '../reference.ts'

export const OutboxMail = z
  .strictObject({
    id: z.string(),
    account: z.string().describe('The id of the account on whose behalf it is sent'),
    recipient: z.string(),
    payload: z.looseObject({
      template: z.string(),
      language: z.string(),
      link: z.string().optional().describe('A secret, where it carries a token'),
    }),
    state: z.enum(['waiting', 'sent']),
    attempts: z.int(),
    last_error: z.string().nullable(),
    created_at: moment,
    sent_at: moment.nullable(),
  })
  .meta({ id: 'OutboxMail' })

export const listOutbox = endpoint({
  id: 'outbox.list',
  method: 'GET',
  path: '/api/v1/outbox',
  summary: 'List the mails that wait to be sent or were',
  description:
    'The newest first. Mails leave with the change that they tell of, or not at all. The links in them are secrets: ' +
    'nowhere else are they to be had.',
  access: 'deployment',
  query: listQuery(
    ['created_at'],
    {
      account: naming('account').optional(),
      recipient: z.string().max(320).optional().describe('The exact address'),
      state: z.enum(['waiting', 'sent']).optional(),
    },
    '-created_at',
  ),
  answers: { 200: listOf(OutboxMail) },
  problems: ['reference_unknown'],
})

export const outboxEndpoints = [listOutbox]
