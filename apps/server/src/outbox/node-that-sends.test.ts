import type { AccountId } from '@keyholder/core'
import { insertAccount, saveMails, transaction } from '@keyholder/storage'
import { testDatabase } from '@keyholder/testkit/database'
import { startMailServer } from '@keyholder/testkit/mail'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { readConfig } from '../config.ts'
import { newId } from '../new-id.ts'
import { startServer, type StartOptions } from '../start.ts'

const database = await testDatabase()
const mailServer = await startMailServer()
const account = 'acc_acme' as AccountId

/** On a machine that runs many tests at once. */
const patient = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 }

function configWithMail() {
  const read = readConfig({
    DATABASE_URL: database.url,
    PORT: '0',
    PUBLIC_URL: 'https://access.example.com',
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Acme Access <access@acme.example>',
  })
  if (!read.ok) throw new Error(read.refusal.sentence)
  const { mail } = read.value
  return { ...read.value, mail: { ...mail, server: { ...mail.server, ...patient } } }
}

const withAMail: StartOptions['prepare'] = async (db) => {
  const to = { account, recipient: 'ann@x.example' }
  const at = '2026-11-21T09:05:00.000Z'
  const mail = outgoingMail(newId, to, { template: 'password_changed', language: 'es', name: null, at })
  await transaction(db, 'deployment', async (tx) => {
    await insertAccount(tx, { id: account, slug: 'acme', name: 'Acme' })
    await saveMails(tx, [mail])
  })
  return {}
}

test('a node with a mail server sends what waits, under its own name, and notes it before it is gone', async () => {
  const running = await startServer(configWithMail(), {
    log: pino({ level: 'silent' }),
    patience: 20_000,
    prepare: withAMail,
  })
  const [mail] = await mailServer.arrived(1)
  await running.close()

  expect(mail).toMatchObject({
    sender: 'access@acme.example',
    recipient: 'ann@x.example',
    email: {
      from: { name: 'Acme Access', address: 'access@acme.example' },
      subject: 'Su contraseña ha cambiado',
      text: expect.stringContaining('Acme Access, access.example.com.') as string,
    },
  })
  expect(await database.asOwner('select id from outbox where sent_at is null')).toEqual([])
})
