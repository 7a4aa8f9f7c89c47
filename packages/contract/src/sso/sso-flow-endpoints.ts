import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { moment, naming } from '../reference.ts'

const return_to = z
  .string()
  .max(2000)
  .optional()
  .describe('The path on this server to go to afterwards; anything else is taken for `/`')

const OnTheWay = z
  .strictObject({ url: z.string().describe('Where the browser goes now, at the identity provider') })
  .meta({ id: 'SsoDeparture' })

export const startSsoSignIn = endpoint({
  id: 'sign_in.sso',
  method: 'POST',
  path: '/api/v1/sign-in/sso',
  summary: 'Set out to sign in at an identity provider',
  description: 'The browser gets a cookie for the way; it comes back signed in, at `return_to`.',
  access: 'public',
  body: z.strictObject({
    connection: naming('sso_connection'),
    email: z
      .string()
      .max(320)
      .optional()
      .describe('Told to the provider, so that it need not be typed again'),
    return_to,
  }),
  answers: { 200: OnTheWay },
  problems: ['sso_unavailable', 'too_many_attempts'],
})

export const proveSso = endpoint({
  id: 'session.prove_sso',
  method: 'POST',
  path: '/api/v1/session/sso',
  summary: 'Set out to prove anew who one is, at the identity provider',
  description: 'Towards a fresh session, or one that a stricter account lets in.',
  access: 'session',
  body: z.strictObject({ return_to }),
  answers: { 200: OnTheWay },
  problems: ['sso_unavailable', 'sso_not_linked'],
})

export const Identity = z
  .strictObject({
    id: z.string(),
    connection: z.strictObject({ id: z.string(), name: z.string() }),
    subject: z.string().describe('Who the person is over there'),
    email: z.string().nullable().describe('What the provider called their address last'),
    created_at: moment,
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'SsoIdentity' })

export const listIdentities = endpoint({
  id: 'me.list_identities',
  method: 'GET',
  path: '/api/v1/me/identities',
  summary: 'List who one is at the home account’s identity providers',
  access: 'session',
  answers: { 200: z.strictObject({ items: z.array(Identity) }) },
  problems: [],
})

export const linkIdentity = endpoint({
  id: 'me.link_identity',
  method: 'POST',
  path: '/api/v1/me/identities/link',
  summary: 'Set out to make an identity at the home account’s provider one’s own',
  description:
    'Takes a session in which everything was proven a moment ago, or one that waits for just this (`link_sso`). ' +
    'Nobody is ever linked by their e-mail address.',
  access: 'begun_session',
  body: z.strictObject({ return_to }),
  answers: { 200: OnTheWay },
  problems: ['sso_unavailable', 'sso_linked'],
})

export const unlinkIdentity = endpoint({
  id: 'me.unlink_identity',
  method: 'DELETE',
  path: '/api/v1/me/identities/{identity}',
  summary: 'Give up an identity',
  description:
    'Sessions that came by it end; another goes on under a new token. Whoever has no other way in cannot give up the last.',
  access: 'fresh_session',
  answers: { 204: z.undefined() },
  problems: ['sso_last_way_in'],
})

export const oidcCallback = endpoint({
  id: 'sign_in.oidc_callback',
  method: 'GET',
  path: '/sso/{sso_connection}/callback',
  summary: 'Where an OpenID Connect provider sends people back to',
  description:
    'Goes on to where the person wanted to; whatever is wrong, to the sign-in page, which is told no more than that.',
  access: 'public',
  query: z.looseObject({}),
  answers: { 303: z.undefined() },
  problems: [],
})

export const ssoFlowEndpoints = [
  startSsoSignIn,
  proveSso,
  listIdentities,
  linkIdentity,
  unlinkIdentity,
  oidcCallback,
]
