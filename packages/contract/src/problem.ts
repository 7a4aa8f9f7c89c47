import { z } from 'zod'
import { accessProblems } from './access/access-problems.ts'
import { organizationProblems } from './organization/organization-problems.ts'
import { invitationProblems } from './invitation/invitation-problems.ts'
import { connectionProblems } from './connection/connection-problems.ts'
import { keyProblems } from './key/key-problems.ts'
import { credentialProblems } from './sign-in/credential-problems.ts'
import { signInProblems } from './sign-in/sign-in-problems.ts'
import { ssoProblems } from './sso/sso-problems.ts'
import { supportProblems } from './support/support-problems.ts'
import { accessRequestProblems } from './access-request/access-request-problems.ts'
import { accountProblems } from './account/account-problems.ts'
import { siteProblems } from './site/site-problems.ts'
import { grantProblems } from './grant/grant-problems.ts'
import { groupProblems } from './group/group-problems.ts'
import { memberProblems } from './member/member-problems.ts'
import { roleProblems } from './role/role-problems.ts'
import { changeProblems } from './change-problems.ts'
import { commonProblems } from './common-problems.ts'

export interface ProblemKind {
  readonly status: number
  /** What is wrong, in a few words; the same each time. */
  readonly title: string
  /** One sentence: what is wrong, then what to do. A refusal may carry a more precise one. */
  readonly detail: string
}

/** How each refusal is answered over HTTP, for ever under the same code. */
export const problems = {
  ...commonProblems,
  ...accessProblems,
  ...changeProblems,
  ...organizationProblems,
  ...accountProblems,
  ...siteProblems,
  ...roleProblems,
  ...memberProblems,
  ...groupProblems,
  ...grantProblems,
  ...invitationProblems,
  ...connectionProblems,
  ...keyProblems,
  ...signInProblems,
  ...ssoProblems,
  ...supportProblems,
  ...accessRequestProblems,
  ...credentialProblems,
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems

/** Those that every endpoint can answer, whatever it does. */
export const problemsEverywhere = [
  'request_malformed',
  'request_invalid',
  'key_in_query',
  'two_credentials',
  'authentication_required',
  'key_invalid',
  'session_invalid',
  'sign_in_unfinished',
  'step_up_required',
  'cross_site_request',
  'support_access_invalid',
  'support_in_account_only',
  'not_permitted',
  'not_found',
  'method_not_allowed',
  'body_too_large',
  'media_type_unsupported',
  'host_unknown',
  'internal',
  'unavailable',
] as const satisfies readonly ProblemCode[]

/** A problem as RFC 9457 writes it, in `application/problem+json`; a refusal's facts stand beside these members. */
export const Problem = z
  .looseObject({
    type: z.string().describe('A page about this problem'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: what a program looks at'),
    detail: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string(),
          in: z.enum(['body', 'query', 'path', 'header']),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('What is wrong with which field, as JSON pointers'),
  })
  .meta({ id: 'Problem' })
