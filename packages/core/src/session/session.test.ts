import { describe, expect, test } from 'vitest'
import {
  beginSession,
  freshFor,
  isFresh,
  prove,
  unfinishedFor,
  type Session,
  type SignInTerms,
} from './session.ts'
import { defaultSignInPolicy, needsMfa, sessionOver, stepUpFor, type SignInPolicy } from './sign-in-policy.ts'

const noon = Date.UTC(2030, 0, 1, 12)
const minute = 60_000

const terms = (change: Partial<SignInTerms> = {}): SignInTerms => ({
  holdsToken: false,
  needsMfa: () => false,
  ...change,
})
const policy = (change: Partial<SignInPolicy> = {}): SignInPolicy => ({ ...defaultSignInPolicy, ...change })
const entered = (change: Partial<Parameters<typeof stepUpFor>[1]> = {}) => ({
  policy: policy(),
  assurance: 'none' as const,
  holdsToken: false,
  ...change,
})

describe('signing in', () => {
  test.each([
    {
      what: 'a password where nothing more is asked for',
      proof: { first: 'password' },
      terms: terms(),
      pending: undefined,
    },
    {
      what: 'a password of somebody who holds a token',
      proof: { first: 'password' },
      terms: terms({ holdsToken: true }),
      pending: 'second_factor',
    },
    {
      what: 'single sign-on of somebody who holds a token',
      proof: { first: 'sso' },
      terms: terms({ holdsToken: true }),
      pending: 'second_factor',
    },
    {
      what: 'a password where the policy asks for more',
      proof: { first: 'password' },
      terms: terms({ needsMfa: () => true }),
      pending: 'set_up_mfa',
    },
    {
      what: 'a passkey of somebody who holds a token',
      proof: { first: 'passkey', second: 'passkey' },
      terms: terms({ holdsToken: true, needsMfa: () => true }),
      pending: undefined,
    },
    {
      what: 'a password where only single sign-on is let in',
      proof: { first: 'password' },
      terms: terms({ mustLinkSso: true }),
      pending: 'link_sso',
    },
    {
      what: 'single sign-on where only that is let in',
      proof: { first: 'sso' },
      terms: terms({ mustLinkSso: true }),
      pending: undefined,
    },
  ] as const)('$what leaves $pending to do', ({ proof, terms, pending }) => {
    expect(beginSession(proof, terms, noon).pending).toBe(pending)
  })

  test('a token is asked for before the single sign-on is', () => {
    const both = terms({ holdsToken: true, mustLinkSso: true })
    const begun = beginSession({ first: 'password' }, both, noon)

    expect(begun.pending).toBe('second_factor')
    expect(prove(begun, { second: 'totp' }, both, noon).pending).toBe('link_sso')
  })

  test('what is begun and not finished is over after a quarter of an hour, and not before', () => {
    const begun = beginSession({ first: 'password' }, terms({ holdsToken: true }), noon)

    expect(sessionOver(begun, policy(), noon + unfinishedFor - 1)).toBeUndefined()
    expect(sessionOver(begun, policy(), noon + unfinishedFor)).toBe('expired')
  })
})

describe('a proof is fresh', () => {
  const held = terms({ holdsToken: true })

  test('for ten minutes', () => {
    const session = beginSession({ first: 'password' }, terms(), noon)

    expect(isFresh(session, false, noon + freshFor)).toBe(true)
    expect(isFresh(session, false, noon + freshFor + 1)).toBe(false)
  })

  test('only with the token where the person holds one', () => {
    const session = prove(beginSession({ first: 'password' }, held, noon), { second: 'totp' }, held, noon)
    const later = noon + freshFor + 1
    const half = prove(session, { first: 'password' }, held, later)

    expect(isFresh(session, true, noon)).toBe(true)
    expect(isFresh(half, true, later)).toBe(false)
    expect(isFresh(prove(half, { second: 'totp' }, held, later), true, later)).toBe(true)
  })

  test('never while the sign-in is unfinished', () => {
    expect(isFresh(beginSession({ first: 'password' }, held, noon), false, noon)).toBe(false)
  })
})

describe('a session ends by the policy of the home', () => {
  const session = beginSession({ first: 'password' }, terms(), noon)

  test.each([
    { at: 15 * minute - 1, over: undefined },
    { at: 15 * minute, over: 'idle' },
  ])('without use, at $at ms: $over', ({ at, over }) => {
    expect(sessionOver(session, policy({ idle: 15 * minute }), noon + at)).toBe(over)
  })

  test('after the longest login, however much it is used', () => {
    const used: Session = { ...session, lastUsedAt: noon + 8 * 60 * minute }

    expect(sessionOver(used, policy({ login: 8 * 60 * minute }), noon + 8 * 60 * minute)).toBe('expired')
    expect(sessionOver(used, policy({ login: 8 * 60 * minute }), noon + 8 * 60 * minute - 1)).toBeUndefined()
  })

  test('and a second factor alone does not put that off', () => {
    const later = noon + 60 * minute
    const stepped = prove(session, { second: 'totp' }, terms({ holdsToken: true }), later)

    expect(stepped.signedInAt).toBe(noon)
  })
})

describe('an account that is entered', () => {
  const session = beginSession({ first: 'password' }, terms(), noon)

  test.each([
    { what: 'asks for nothing where its policy is met', entered: entered(), session, asks: undefined },
    {
      what: 'asks for the token that the person holds',
      entered: entered({ policy: policy({ mfa: 'everyone' }), holdsToken: true }),
      session,
      asks: 'second_factor',
    },
    {
      what: 'asks for a first token',
      entered: entered({ policy: policy({ mfa: 'without_sso' }) }),
      session,
      asks: 'set_up_mfa',
    },
    {
      what: 'spares those who come by single sign-on',
      entered: entered({ policy: policy({ mfa: 'without_sso' }) }),
      session: { ...session, firstFactor: 'sso' },
      asks: undefined,
    },
    {
      what: 'spares nobody where everyone is asked',
      entered: entered({ policy: policy({ mfa: 'everyone' }) }),
      session: { ...session, firstFactor: 'sso' },
      asks: 'set_up_mfa',
    },
    {
      what: 'asks for what the connection demands',
      entered: entered({ assurance: 'mfa' }),
      session,
      asks: 'set_up_mfa',
    },
    {
      what: 'asks for single sign-on where the connection demands it',
      entered: entered({ assurance: 'sso' }),
      session,
      asks: 'sso',
    },
    {
      what: 'lets in whoever has proven both',
      entered: entered({ assurance: 'mfa', policy: policy({ mfa: 'everyone' }), holdsToken: true }),
      session: { ...session, secondFactor: 'totp', secondFactorAt: noon },
      asks: undefined,
    },
  ] as const)('$what', ({ session, entered, asks }) => {
    expect(stepUpFor(session, entered, noon)).toBe(asks)
  })

  test('is not opened again by use elsewhere, once its own time without use was over', () => {
    const strict = entered({ policy: policy({ idle: 15 * minute }) })
    const later = noon + 30 * minute
    const used: Session = { ...session, lastUsedAt: later, longestGap: 16 * minute }

    expect(stepUpFor(used, strict, later)).toBe('reauthenticate')
    expect(stepUpFor(prove(used, { first: 'password' }, terms(), later), strict, later)).toBeUndefined()
  })

  test('asks again after its own longest login', () => {
    const strict = entered({ policy: policy({ login: 60 * minute }) })
    const used: Session = { ...session, lastUsedAt: noon + 60 * minute }

    expect(stepUpFor(used, strict, noon + 60 * minute)).toBe('reauthenticate')
  })
})

test('where single sign-on is required, the door that is left asks for a second factor', () => {
  expect(needsMfa(policy({ ssoRequired: true }), 'password')).toBe(true)
  expect(needsMfa(policy({ ssoRequired: true }), 'sso')).toBe(false)
})
