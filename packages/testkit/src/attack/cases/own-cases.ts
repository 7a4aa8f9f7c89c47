import { testPassword } from '../../server/test-people.ts'
import { totpCode } from '../../server/totp-code.ts'
import type { Arena } from '../arena.ts'
import {
  challengeIdOf,
  emailToken,
  recoveryCode,
  resetToken,
  totpSecret,
  type ChallengePurpose,
} from '../seed-credentials.ts'
import { challengeOf, newKey, signed } from '../signed.ts'
import type { AttackCases } from './attack-case.ts'

const signedBy =
  (purpose: ChallengePurpose) =>
  ({ slug, superuser }: Arena) => [
    {
      body: {
        challenge: challengeIdOf(slug, purpose),
        response: signed(slug, challengeOf(slug), superuser),
      },
    },
  ]

/** A code is good for a moment: it is made when it is sent, of one period ahead, so that a slow machine is in time. */
const codeOfNow = () => ({ code: totpCode(totpSecret, Date.now() + 30_000) })

/** What people do about their own login. */
export const ownCases: AttackCases = {
  'sign_in.start': { reads: true },
  'sign_in.password': {
    requests: ({ slug }) => [{ body: { email: `${slug}-ada@${slug}.example`, password: testPassword } }],
  },
  // A challenge is something to sign, and changes nothing until it is signed.
  'sign_in.challenge_passkey': { reads: true },
  'sign_in.passkey': { requests: signedBy('sign_in') },
  'session.prove_password': { requests: () => [{ body: { password: testPassword } }] },
  'session.prove_totp': { requests: () => [{ body: codeOfNow }] },
  'session.prove_recovery_code': { requests: () => [{ body: { code: recoveryCode } }] },
  'session.challenge_security_key': { reads: true },
  'session.prove_security_key': { requests: signedBy('second_factor') },
  'session.challenge_passkey': { reads: true },
  'session.prove_passkey': { requests: signedBy('reauthenticate') },
  // What is done for it is done after the answer, alike for everybody.
  'password_reset.request': { reads: true },
  'password_reset.confirm': {
    requests: ({ slug }) => [{ body: { token: resetToken(slug), password: 'a lamp above seven stairs' } }],
  },
  // Nothing is sent to an address that is verified.
  'email_verification.request': { reads: true },
  'email_verification.confirm': {
    requests: ({ slug }) => [{ body: { token: emailToken(slug, 'email_verification') } }],
  },
  'email_change.request': {
    requests: ({ slug }) => [{ body: { email: `${slug}-other@${slug}.example` } }],
  },
  'email_change.confirm': {
    requests: ({ slug }) => [{ body: { token: emailToken(slug, 'email_change') } }],
  },
  'me.set_password': {
    requests: () => [{ body: { password: 'a lamp above seven stairs' }, events: 2 }], // another session ends
  },
  // A generator that was begun counts for nothing.
  'me.begin_totp': { reads: true },
  'me.confirm_totp': {
    requests: ({ slug }) => [{ params: { token: `mft_${slug}-begun` }, body: codeOfNow, events: 3 }],
  },
  'me.challenge_new_key': { reads: true },
  'me.add_key': {
    requests: ({ slug }) => [
      {
        body: {
          challenge: challengeIdOf(slug, 'add_key'),
          response: newKey(slug, challengeOf(slug)),
          name: 'Blue',
        },
        events: 3, // the key, the session's second factor, another session's end
      },
    ],
  },
  'me.remove_token': { requests: () => [{ events: 2 }] },
}
