import { expect, test } from 'vitest'
import type { UserId } from '../id.ts'
import { noticesOf } from './notices.ts'

const [frida, gus] = ['usr_frida', 'usr_gus'] as [UserId, UserId]

test.each([
  ['one superuser', { superusers: [frida], sso: false }, ['few_superusers']],
  ['no superuser', { superusers: [], sso: false }, ['few_superusers']],
  ['two superusers', { superusers: [frida, gus], sso: false }, []],
  ['SSO, and a superuser with another way in', { superusers: [frida, gus], sso: true }, []],
  [
    'SSO, and no superuser with another way in',
    { superusers: [gus], sso: true },
    ['few_superusers', 'sso_without_way_back'],
  ],
])('an account with %s is told what to mend', (_, account, codes) => {
  const notices = noticesOf({ ...account, withPasswordAndMfa: new Set([frida]) })

  expect(notices.map(({ code }) => code)).toEqual(codes)
})
