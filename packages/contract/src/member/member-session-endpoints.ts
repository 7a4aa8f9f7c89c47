import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { ListedSession } from '../sign-in/session.ts'

const path = '/api/v1/accounts/{account}/members/{user}/sessions'
const access = { permission: 'member.reset_credentials', at: 'account' } as const
const who =
  'Only of people whose home this account is, and who hold nothing there that the caller does not hold.'

export const listMemberSessions = endpoint({
  id: 'member.list_sessions',
  method: 'GET',
  path,
  summary: 'List where a user is signed in',
  description: who,
  access,
  query: listQuery(['started_at'], {}, '-started_at'),
  answers: { 200: listOf(ListedSession) },
  problems: ['member_protected', 'member_from_elsewhere'],
})

export const endMemberSession = endpoint({
  id: 'member.end_session',
  method: 'DELETE',
  path: `${path}/{session}`,
  summary: 'End one session of a user',
  description: who,
  access,
  answers: { 204: z.undefined() },
  problems: ['member_protected', 'member_from_elsewhere'],
})

export const endMemberSessions = endpoint({
  id: 'member.end_sessions',
  method: 'DELETE',
  path,
  summary: 'Sign a user out everywhere',
  description: who,
  access,
  answers: { 200: z.strictObject({ ended: z.int() }) },
  problems: ['member_protected', 'member_from_elsewhere'],
})

export const memberSessionEndpoints = [listMemberSessions, endMemberSession, endMemberSessions]
