import { testPassword } from '../../server/test-people.ts'
import type { AttackCases } from './attack-case.ts'

/** What people do about their own login. */
export const ownCases: AttackCases = {
  'sign_in.start': { reads: true },
  'sign_in.password': {
    requests: ({ slug }) => [{ body: { email: `${slug}-ada@${slug}.example`, password: testPassword } }],
  },
  'session.prove_password': { requests: () => [{ body: { password: testPassword } }] },
}
