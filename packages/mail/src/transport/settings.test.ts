import { describe, expect, test } from 'vitest'
import { readSender, usualSender } from './sender.ts'
import { smtpOptions } from './smtp-options.ts'

describe('the address of a mail server', () => {
  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false, requireTLS: true }],
    ['smtp://mail.example.com:2525/', { port: 2525, secure: false, requireTLS: true }],
    ['smtps://mail.example.com', { port: 465, secure: true }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, ignoreTLS: true }],
    ['smtp://localhost', { port: 587, ignoreTLS: true }],
    ['smtp://[::1]:25', { host: '::1', port: 25, ignoreTLS: true }],
    ['smtp://127.0.0.1.example.com', { requireTLS: true }],
    ['smtps://a%40b:p%2Fw@mail.example.com', { auth: { user: 'a@b', pass: 'p/w' } }],
  ])('%s is read', (url, expected) => {
    expect(smtpOptions(url)).toMatchObject(expected)
  })

  test.each([
    '',
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://a/b',
    'smtp://a?tls=no',
    'smtp://%ff@a',
  ])('%j is none', (url) => {
    expect(smtpOptions(url)).toBeUndefined()
  })

  test('beyond this machine is reached encrypted or not at all', () => {
    const { requireTLS, ignoreTLS } = smtpOptions('smtp://mail.example.com') ?? {}

    expect([requireTLS, ignoreTLS]).toEqual([true, undefined])
  })
})

describe('whom mails come from', () => {
  test.each([
    ['no-reply@example.com', { name: 'Keyholder', address: 'no-reply@example.com' }],
    ['Contoso Access <a@example.com>', { name: 'Contoso Access', address: 'a@example.com' }],
    ['"Contoso, Access" <a@example.com>', { name: 'Contoso, Access', address: 'a@example.com' }],
    ['<a@example.com>', { name: 'Keyholder', address: 'a@example.com' }],
  ])('%s is read', (text, expected) => {
    expect(readSender(text)).toEqual(expected)
  })

  test.each(['', 'nobody', 'a@b@c', 'a@b, c@d', 'A <a@b> <c@d>', 'a@b\r\nBcc: c@d', 'A <a b@c>'])(
    '%j is nobody',
    (text) => {
      expect(readSender(text)).toBeUndefined()
    },
  )

  test.each([
    ['https://access.example.com', 'no-reply@access.example.com'],
    ['http://localhost:4455', 'no-reply@localhost'],
    ['http://127.0.0.1:4455', 'no-reply@localhost'],
    ['http://[::1]:4455', 'no-reply@localhost'],
  ])('is an address at %s where nothing is said', (publicUrl, address) => {
    expect(usualSender(publicUrl)).toEqual({ name: 'Keyholder', address })
  })
})
