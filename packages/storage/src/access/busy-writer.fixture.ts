import { randomUUID } from 'node:crypto'
import type { AccessChange, EventId, OrganizationId } from '@keyholder/core'
import { blueprint } from '../blueprint.fixture.ts'
import { openDatabase } from '../database/open-database.ts'
import { transaction } from '../database/transaction.ts'
import { acme } from '../team.fixture.ts'
import { closeChange } from './close-change.ts'
import { lockAccounts } from './lock-accounts.ts'
import { moveOf } from './journal.ts'
import { writeAccess } from './write-changes.ts'

/** The database of a busy machine is slow, and not away. */
const patient = { patience: 60_000, statementTimeout: 60_000, lockTimeout: 60_000 }

/** Makes one organization after another until it is killed, and says the id of each that was acknowledged. */
const db = openDatabase({ url: process.argv[2] ?? '', poolSize: 4, ...patient })

async function writeOne(): Promise<string> {
  const id = randomUUID()
  await transaction(db, [acme], async (tx) => {
    const { at, heads } = await lockAccounts(tx, [acme])
    const changes: AccessChange[] = [{ kind: 'organization_set', id: `org_${id}` as OrganizationId }]
    await writeAccess(tx, blueprint, acme, changes)
    await closeChange(tx, {
      moves: [moveOf(blueprint, acme, changes)],
      events: [
        {
          id: `evt_${id}` as EventId,
          at,
          action: 'organization.create',
          outcome: 'done',
          actor: { kind: 'system' },
          accounts: [acme],
        },
      ],
      heads,
      mails: [{ id: `mail_${id}`, account: acme, recipient: 'x@x.example', payload: {} }],
    })
  })
  return id
}

async function write(): Promise<never> {
  for (;;) process.stdout.write(`${await writeOne()}\n`)
}

await Promise.all([write(), write(), write()])
