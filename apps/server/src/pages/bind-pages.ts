import {
  endpointsByFeature,
  getConnectionPage,
  getEmailChangePage,
  getEmailVerificationPage,
  getInvitationPage,
  getOpenApi,
  getPasswordResetPage,
  getReferencePage,
  getSignInPage,
  getStartPage,
  openApi,
} from '@keyholder/contract'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { pageHeaders } from './document.ts'
import {
  connectionLink,
  emailChangeLink,
  emailVerificationLink,
  invitationLink,
  linkPage,
  passwordResetLink,
} from './link-page.ts'
import { referencePage } from './reference-page.ts'
import { signInPage } from './sign-in-page.ts'
import { startPage, type StartPageFacts } from './start-page.ts'

/** Shows what runs here, and the API's description to people and to programs; all of it is made once, at the start. */
export function bindPages(bind: Bind, facts: StartPageFacts): void {
  const start = startPage(facts)
  const reference = referencePage(endpointsByFeature)
  const invitation = linkPage(invitationLink)
  const connection = linkPage(connectionLink)
  const passwordReset = linkPage(passwordResetLink)
  const emailVerification = linkPage(emailVerificationLink)
  const emailChange = linkPage(emailChangeLink)
  const signIn = signInPage()
  const description = {
    openapi: '3.1.0' as const,
    ...openApi(endpointsByFeature, { version: facts.version, server: facts.publicUrl }),
  }

  bind(getStartPage, async () => answer(200, start, { headers: pageHeaders }))
  bind(getReferencePage, async () => answer(200, reference, { headers: pageHeaders }))
  bind(getInvitationPage, async () => answer(200, invitation, { headers: pageHeaders }))
  bind(getConnectionPage, async () => answer(200, connection, { headers: pageHeaders }))
  bind(getPasswordResetPage, async () => answer(200, passwordReset, { headers: pageHeaders }))
  bind(getEmailVerificationPage, async () => answer(200, emailVerification, { headers: pageHeaders }))
  bind(getEmailChangePage, async () => answer(200, emailChange, { headers: pageHeaders }))
  bind(getSignInPage, async () => answer(200, signIn, { headers: pageHeaders }))
  bind(getOpenApi, async () => answer(200, description))
}
