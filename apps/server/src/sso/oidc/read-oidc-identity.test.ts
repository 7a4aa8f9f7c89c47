import { describe, expect, test } from 'vitest'
import { readOidcIdentity } from './read-oidc-identity.ts'

const read = (token: Record<string, unknown>, userInfo: Record<string, unknown> = {}) => {
  const identity = readOidcIdentity({ sub: 'a1', ...token }, userInfo)
  if (!identity.ok) throw new Error(identity.refusal.reason)
  return identity.value
}

describe('an e-mail address that a provider tells', () => {
  test.each(['true', 1, 'yes', {}, [true], null, undefined, false])(
    'is not verified by %j',
    (email_verified) => {
      expect(read({ email: 'ann@corp.test', email_verified })).toMatchObject({
        email: 'ann@corp.test',
        emailVerified: false,
      })
    },
  )

  test('is verified by true, and by nothing without an address', () => {
    expect(read({ email: 'ann@corp.test', email_verified: true }).emailVerified).toBe(true)
    expect(read({ email_verified: true })).toMatchObject({ email: undefined, emailVerified: false })
    expect(read({ email: ['ann@corp.test'], email_verified: true })).toMatchObject({
      email: undefined,
      emailVerified: false,
    })
  })

  test('is never taken from one place and its proof from another', () => {
    const elsewhere = { email: 'mallory@evil.test', email_verified: true }

    expect(read({ email: 'ann@corp.test' }, elsewhere)).toMatchObject({
      email: 'ann@corp.test',
      emailVerified: false,
    })
    expect(read({ email_verified: true }, { email: 'ann@corp.test' })).toMatchObject({
      email: 'ann@corp.test',
      emailVerified: false,
    })
    expect(read({}, elsewhere)).toMatchObject({ email: 'mallory@evil.test', emailVerified: true })
  })
})

test('what is signed has the last word', () => {
  const identity = read(
    { name: 'Ann', groups: ['users'], amr: ['pwd'] },
    { name: 'Root', groups: ['admins'], acr: 'high' },
  )

  expect(identity.name).toBe('Ann')
  expect(identity.attributes.get('groups')).toEqual(['users'])
  expect(identity.methods).toEqual(['pwd'])
})

test.each([
  [{ name: 'Ann Lee', given_name: 'A' }, 'Ann Lee'],
  [{ given_name: 'Ann', family_name: 'Lee' }, 'Ann Lee'],
  [{ family_name: 'Lee' }, 'Lee'],
  [{ name: ' ', given_name: 7 }, undefined],
])('of %j the name is %j', (claims, name) => {
  expect(read(claims).name).toBe(name)
})
