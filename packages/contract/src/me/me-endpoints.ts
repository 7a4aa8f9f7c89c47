import { z } from 'zod'
import { language } from '../account/language.ts'
import { endpoint } from '../endpoint.ts'
import { RoleLabel } from '../member/member-access-endpoints.ts'
import { listOf, listQuery } from '../page.ts'
import { line } from '../reference.ts'
import { ListedSession } from '../sign-in/session.ts'

const path = '/api/v1/me'

const AccountOfMine = z
  .strictObject({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    reached_by: z
      .enum(['home', 'external', 'connection'])
      .describe('As a member at home, as somebody invited, or through a connection of the home account'),
    connection: z.string().nullable().describe('The connection that leads there'),
    role: RoleLabel.describe('What the person is over the whole account'),
    organizations: z
      .array(z.strictObject({ id: z.string(), key: z.string(), name: z.string(), role: RoleLabel }))
      .describe('The first hundred by name in which the person has anything'),
    organizations_total: z.int(),
    step_up: z
      .enum(['reauthenticate', 'second_factor', 'set_up_mfa', 'sso'])
      .nullable()
      .describe('What the account’s policy still asks of this session before it lets it in; null: nothing'),
  })
  .meta({ id: 'AccountOfMine' })

export const Me = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    language,
    verified: z.boolean(),
    home: z.string().describe('The id of the home account'),
    has_password: z.boolean(),
    has_mfa: z.boolean(),
    accounts: z.array(AccountOfMine).describe('Every account that the person may enter, home first'),
  })
  .meta({ id: 'Me' })

export const getMe = endpoint({
  id: 'me.get',
  method: 'GET',
  path,
  summary: 'Who asks, and everything that they may enter',
  access: 'session',
  answers: { 200: Me },
  problems: [],
})

export const updateMe = endpoint({
  id: 'me.update',
  method: 'PATCH',
  path,
  summary: 'Change one’s own name and language',
  access: 'session',
  body: z.strictObject({ name: line(200).nullable().optional(), language: language.optional() }),
  answers: { 200: Me },
  problems: [],
})

export const listMySessions = endpoint({
  id: 'me.list_sessions',
  method: 'GET',
  path: `${path}/sessions`,
  summary: 'List one’s own sessions',
  access: 'session',
  query: listQuery(['started_at'], {}, '-started_at'),
  answers: { 200: listOf(ListedSession) },
  problems: [],
})

export const endMySession = endpoint({
  id: 'me.end_session',
  method: 'DELETE',
  path: `${path}/sessions/{session}`,
  summary: 'End one of one’s own sessions',
  access: 'session',
  answers: { 204: z.undefined() },
  problems: [],
})

export const endMyOtherSessions = endpoint({
  id: 'me.end_other_sessions',
  method: 'DELETE',
  path: `${path}/sessions`,
  summary: 'Sign out everywhere else',
  access: 'session',
  answers: { 200: z.strictObject({ ended: z.int() }) },
  problems: [],
})

export const meEndpoints = [getMe, updateMe, listMySessions, endMySession, endMyOtherSessions]
