import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const page = { contentTypes: ['text/html; charset=utf-8'], description: 'A page to read' } as const

export const getStartPage = endpoint({
  id: 'page.start',
  method: 'GET',
  path: '/',
  summary: 'What runs here and where to look',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getReferencePage = endpoint({
  id: 'page.reference',
  method: 'GET',
  path: '/docs/api',
  summary: 'The reference of this API as a page',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getInvitationPage = endpoint({
  id: 'page.invitation',
  method: 'GET',
  path: '/invitation',
  summary: 'Where the link of an invitation leads; its token stays in the browser',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getConnectionPage = endpoint({
  id: 'page.connection',
  method: 'GET',
  path: '/connection',
  summary: 'Where the link of an offered connection leads',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getPasswordResetPage = endpoint({
  id: 'page.password_reset',
  method: 'GET',
  path: '/reset-password',
  summary: 'Where the link for a new password leads; its token stays in the browser',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getEmailVerificationPage = endpoint({
  id: 'page.email_verification',
  method: 'GET',
  path: '/verify-email',
  summary: 'Where the link that proves an address leads; its token stays in the browser',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getEmailChangePage = endpoint({
  id: 'page.email_change',
  method: 'GET',
  path: '/confirm-email',
  summary: 'Where the link that proves a new address leads; its token stays in the browser',
  access: 'public',
  answers: { 200: page },
  problems: [],
})

export const getSignInPage = endpoint({
  id: 'page.sign_in',
  method: 'GET',
  path: '/sign-in',
  summary: 'Where single sign-on leads when something is left to do, or it did not work',
  access: 'public',
  query: z.looseObject({}),
  answers: { 200: page },
  problems: [],
})

export const getOpenApi = endpoint({
  id: 'page.openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  access: 'public',
  answers: { 200: z.looseObject({ openapi: z.literal('3.1.0') }) },
  problems: [],
})

export const pageEndpoints = [
  getStartPage,
  getReferencePage,
  getInvitationPage,
  getConnectionPage,
  getPasswordResetPage,
  getEmailVerificationPage,
  getEmailChangePage,
  getSignInPage,
  getOpenApi,
]
