import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

export const samlMetadata = endpoint({
  id: 'sso.saml_metadata',
  method: 'GET',
  path: '/sso/{sso_connection}/metadata',
  summary: 'What a SAML identity provider has to know of Keyholder, for one connection',
  access: 'public',
  answers: {
    200: {
      contentTypes: ['application/samlmetadata+xml'],
      description: 'SAML 2.0 metadata of the service provider',
    },
  },
  problems: [],
})

export const takeSamlAnswer = endpoint({
  id: 'sso.saml_answer',
  method: 'POST',
  path: '/sso/{sso_connection}/acs',
  summary: 'Where a SAML identity provider has browsers post its answer',
  description:
    'Goes on to `/sso/{sso_connection}/finish`; whatever is wrong, to the sign-in page, which is told no more than that.',
  access: 'public',
  takesForms: true,
  body: z.looseObject({
    SAMLResponse: z.string().max(400_000),
    RelayState: z.string().max(80).optional(),
  }),
  answers: { 303: z.undefined() },
  problems: [],
})

export const finishSaml = endpoint({
  id: 'sso.saml_finish',
  method: 'GET',
  path: '/sso/{sso_connection}/finish',
  summary: 'Where the browser that was sent away fetches what came of a SAML answer',
  description:
    'An answer is posted by another site, and so without cookies; here the browser brings its own.',
  access: 'public',
  query: z.strictObject({ handle: z.string().max(100) }),
  answers: { 303: z.undefined() },
  problems: [],
})

export const samlEndpoints = [samlMetadata, takeSamlAnswer, finishSaml]
