import { localIssuer } from '../local-issuer.ts'
import type { AttackCases } from './attack-case.ts'

const oidc = { kind: 'oidc', issuer: 'https://idp.example', client_id: 'keyholder' }

/** Who says which identity provider speaks for an account. */
export const ssoCases: AttackCases = {
  'sso_connection.create': {
    requests: ({ names }) => [{ body: { name: 'Fresh', provider: oidc, default_role: names.role[0] } }],
  },
  'sso_connection.update': {
    requests: ({ names }) => [{ body: { name: 'Fresh', default_role: names.role[0] } }],
  },
  'sso_connection.set_status': { requests: () => [{ body: { status: 'disabled' } }] },
  'sso_connection.set_rules': {
    requests: ({ slug }) => [
      { body: { items: [{ attribute: 'fresh', comparison: 'exists', value: null, group: `${slug}-sso` }] } },
    ],
  },
  'sso_connection.read_provider': {
    requests: () => [{ body: () => ({ kind: 'oidc', issuer: localIssuer() }) }],
    reads: true,
  },
  'sso_domain.add': { requests: ({ slug }) => [{ body: { domain: `fresh.${slug}.example` } }] },
  'sso_domain.set_proof': { requests: () => [{ as: 'operator', body: { proven: false } }] },
}
