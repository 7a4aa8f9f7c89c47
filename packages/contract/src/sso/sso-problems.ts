import type { BeyondSso } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

export const ssoProblems = {
  sso_unavailable: {
    status: 409,
    title: 'This single sign-on cannot be used now',
    detail: 'It is not there, switched off, or its identity provider does not answer; come in another way.',
  },
  sso_not_linked: {
    status: 409,
    title: 'You have no identity at your account’s provider',
    detail: 'Prove your password or passkey instead, or link an identity first.',
  },
  sso_linked: {
    status: 409,
    title: 'You are linked to this identity provider already',
    detail: 'Give up the identity that you have there before you take another.',
  },
  sso_last_way_in: {
    status: 409,
    title: 'This is your only way in',
    detail: 'Set a password or a passkey first.',
  },
  sso_required: {
    status: 401,
    title: 'Your account lets you in by single sign-on only',
    detail: 'Sign in at your company’s identity provider; `connection` names it.',
  },
  sso_beyond_own_access: {
    status: 403,
    title: 'This would give more than you hold',
    detail:
      'The default role and the groups of the rules have to be within your own access, and whoever chooses the provider holds everything; `beyond` lists what is missing.',
  },
  identity_provider_unusable: {
    status: 422,
    title: 'This identity provider cannot be used as it was given',
    detail: 'Look at what the identity provider says of itself, and give that.',
  },
  sso_secret_missing: {
    status: 422,
    title: 'A secret belongs to one provider',
    detail: 'Give the client secret anew where the issuer or the client changes.',
  },
  sso_connection_active: {
    status: 409,
    title: 'Another identity provider is in use',
    detail: 'People of an account come by one; disable `connection` first.',
  },
  sso_still_required: {
    status: 409,
    title: 'The account still requires single sign-on',
    detail: 'Make it optional in the account’s settings before you switch its provider off.',
  },
  sso_not_set_up: {
    status: 409,
    title: 'There is no identity provider in use',
    detail: 'Set one up and switch it on before you require it.',
  },
  sso_group_manual: {
    status: 422,
    title: 'This group is filled by hand',
    detail: 'Rules fill groups of kind `sso`; make one. `pointer` says which rule is meant.',
  },
  sso_default_role_bound: {
    status: 422,
    title: 'This role is bound to organizations',
    detail: 'Newcomers get their role over the whole account; choose another one, or a rule with a group.',
  },
  sso_connection_limit: {
    status: 409,
    title: 'The account has as many identity providers as it may have',
    detail: 'Delete one that is not used any more.',
  },
  domain_unusable: {
    status: 422,
    title: 'Nobody owns this domain alone',
    detail: '`reason` says why: it is malformed, a suffix under which others register, or one of free mail.',
  },
  domain_exists: {
    status: 409,
    title: 'The account has this domain already',
    detail: 'Set its record in DNS and have it verified.',
  },
  domain_unproven: {
    status: 409,
    title: 'The domain is not proven',
    detail: '`reason` says what was found in DNS at `record`; a new record can take an hour to be seen.',
  },
  domain_proven_elsewhere: {
    status: 409,
    title: 'Another account has proven this domain',
    detail: 'A domain is one account’s; ask the operator where it should be yours.',
  },
} as const satisfies Record<BeyondSso['code'], ProblemKind> & Record<string, ProblemKind>
