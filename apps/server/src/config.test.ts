import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

describe('the settings of a node', () => {
  test('are all optional outside of production', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      value: {
        port: 4455,
        host: '127.0.0.1',
        dataFolder: './.keyholder',
        databaseUrl: undefined,
        publicUrl: 'http://localhost:4455',
        bodyLimit: 1_048_576,
        drainDelay: 0,
        mail: { from: { name: 'Keyholder', address: 'no-reply@localhost' } },
      },
    })
  })

  test('name a database in production, or the folder for one of its own', () => {
    expect(readConfig({ NODE_ENV: 'production', KEYHOLDER_DATA: '/srv/keyholder' })).toMatchObject({
      ok: true,
    })
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
      ok: false,
      refusal: { setting: 'DATABASE_URL', sentence: expect.stringContaining('set `DATABASE_URL`') as string },
    })
  })

  test('turn an address of every interface into one that can be visited', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '80' })).toMatchObject({
      value: { publicUrl: 'http://localhost' },
    })
  })

  test('name a mail server, and whom mails come from', () => {
    const mail = { SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'Contoso Access <access@example.com>' }

    expect(readConfig(mail)).toMatchObject({
      value: {
        mail: {
          from: { name: 'Contoso Access', address: 'access@example.com' },
          server: { host: 'mail.example.com', port: 465, secure: true },
        },
      },
    })
    expect(readConfig({ PUBLIC_URL: 'https://access.example.com' })).toMatchObject({
      value: { mail: { from: { address: 'no-reply@access.example.com' }, server: undefined } },
    })
  })

  test('name the proxies that are believed', () => {
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.5, 10.20.0.0/16,::1' })).toMatchObject({
      value: { trustedProxies: ['10.0.0.5', '10.20.0.0/16', '::1'] },
    })
    expect(readConfig({ TRUSTED_PROXIES: 'everybody' })).toMatchObject({ ok: false })
  })

  test('name the places inside a network that the server may fetch from', () => {
    expect(readConfig({ OUTGOING_ALLOW: 'idp.internal, 10.20.0.0/16' })).toMatchObject({
      value: { outgoingAllow: { hosts: new Set(['idp.internal']), ranges: [{}] } },
    })
  })

  test.each([
    { PORT: 'http' },
    { PORT: '70000' },
    { DATABASE_URL: 'localhost/keyholder' },
    { PORT: '-1' },
    { BODY_LIMIT: '10' },
    { DRAIN_DELAY: '1e9' },
    { PUBLIC_URL: 'access.example.com' },
    { PUBLIC_URL: 'https://example.com/access' },
    { PUBLIC_URL: 'javascript:alert(1)' },
    { OUTGOING_ALLOW: 'https://idp.internal' },
    { SMTP_URL: 'mail.example.com' },
    { MAIL_FROM: 'nobody' },
  ])('are refused with a sentence where one cannot be used: %o', (env) => {
    expect(readConfig(env)).toMatchObject({ ok: false, refusal: { setting: Object.keys(env)[0] } })
  })
})
