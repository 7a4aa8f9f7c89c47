import type { AttackCases } from './attack-case.ts'

/** The ways to an identity provider; what happens on the way back is attacked where it is written. */
export const ssoFlowCases: AttackCases = {
  // Everybody may set out by every connection: who comes in by it is for its identity provider to say.
  'sign_in.sso': { reads: true, forEverybody: ['body:/connection'] },
  'session.prove_sso': { reads: true },
  'me.link_identity': { reads: true, requests: () => [{ as: 'staff' }] },
}
