import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment } from '../reference.ts'

export const Operator = z
  .strictObject({
    user: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    home: z.string().describe('The id of their home account'),
    added_at: moment,
  })
  .meta({ id: 'Operator' })

const path = '/api/v1/operators'

export const listOperators = endpoint({
  id: 'operator.list',
  method: 'GET',
  path,
  summary: 'List the staff who may enter accounts for support',
  access: 'deployment',
  query: listQuery(['email', 'added_at'], {}),
  answers: { 200: listOf(Operator) },
  problems: [],
})

export const addOperator = endpoint({
  id: 'operator.add',
  method: 'PUT',
  path: `${path}/{user}`,
  summary: 'Let somebody enter accounts for support',
  description:
    'They sign in as themselves, with a second factor, and enter only accounts that have not turned support access off.',
  access: 'deployment',
  answers: { 200: Operator },
  problems: [],
})

export const removeOperator = endpoint({
  id: 'operator.remove',
  method: 'DELETE',
  path: `${path}/{user}`,
  summary: 'Let somebody enter accounts for support no more',
  description: 'The support accesses that they have open end at the same moment.',
  access: 'deployment',
  answers: { 204: z.undefined() },
  problems: [],
})

export const operatorEndpoints = [listOperators, addOperator, removeOperator]
