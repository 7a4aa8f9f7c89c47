import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { naming } from '../reference.ts'
import { AuthzenContext } from './authzen-entities.ts'
import { Explanation } from './explanation.ts'

export const explainAccess = endpoint({
  id: 'access.explain',
  method: 'POST',
  path: '/api/v1/accounts/{account}/explain',
  summary: 'Why may somebody do that, or why not?',
  description:
    'Every way to the permission, everything that came near, and the smallest change that turns the answer round.',
  access: { permission: 'grant.view', at: 'organization' },
  body: z.strictObject({
    user: naming('user'),
    permission: z.string().min(1).max(200),
    organization: naming('organization').optional().describe('Left out for the whole account'),
    owner: naming('user').optional().describe('Whose the resource in question is'),
    at_least: AuthzenContext.shape.at_least,
  }),
  answers: { 200: Explanation },
  problems: ['revision_unreached'],
})
