import { randomUUID } from 'node:crypto'
import type { EventId, OrganizationId } from '@keyholder/core'
import { appendEvents } from '../audit/append-events.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { openDatabase } from '../database/open-database.ts'
import { transaction } from '../database/transaction.ts'
import { saveMails } from '../outbox/outbox.ts'
import { acme } from '../team.fixture.ts'
import { lockAccounts } from './lock-accounts.ts'
import { writeChanges } from './write-changes.ts'

/** Makes one organization after another until it is killed, and says the id of each that was acknowledged. */
const db = openDatabase({ url: process.argv[2] ?? '', poolSize: 4, patience: 5_000 })

async function writeOne(): Promise<string> {
  const id = randomUUID()
  await transaction(db, [acme], async (tx) => {
    const { at } = await lockAccounts(tx, [acme])
    await writeChanges(tx, blueprint, acme, [{ kind: 'organization_set', id: `org_${id}` as OrganizationId }])
    await appendEvents(tx, [
      {
        id: `evt_${id}` as EventId,
        at,
        action: 'organization.create',
        outcome: 'done',
        actor: { kind: 'system' },
        accounts: [acme],
      },
    ])
    await saveMails(tx, [{ id: `mail_${id}`, account: acme, recipient: 'x@x.example', payload: {} }])
  })
  return id
}

async function write(): Promise<never> {
  for (;;) process.stdout.write(`${await writeOne()}\n`)
}

await Promise.all([write(), write(), write()])
