import type { AccountId } from '@keyholder/core'
import { findAccount, listAccounts, transaction, verifyEvents, type Database } from '@keyholder/storage'
import { command, UsageError } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

interface Verified {
  readonly account: string
  readonly intact: boolean
  /** How many events are as they were written. */
  readonly events: number
  /** The link of the newest of them: what to keep elsewhere, if the end of the log is to be vouched for. */
  readonly link?: string
  readonly reason?: string
}

const reasons = {
  event_missing: 'an event is missing there',
  event_altered: 'the event there is not what was written',
  link_altered: 'the chain is not what was written',
} as const

export const auditVerifyCommand = command({
  positionals: {},
  rest: {
    name: 'account',
    about: 'The slugs or ids of accounts; all of them where none is named',
    optional: true,
  },
  options: { data: dataOption, json: { about: 'Print a line of JSON for each account' } },
  run: ({ rest, options }) =>
    tellingFailures(() =>
      onDatabase(options, { makes: false }, async (db) => {
        let isIntact = true
        for (const { id, slug } of await accounts(db, rest)) {
          const verified = await verify(db, id, slug)
          isIntact &&= verified.intact
          process.stdout.write(`${options.json ? JSON.stringify(verified) : sentence(verified)}\n`)
        }
        return isIntact ? exitStatus.done : exitStatus.failed
      }),
    ),
})

async function verify(db: Database, account: AccountId, slug: string): Promise<Verified> {
  const result = await transaction(db, [account], (tx) => verifyEvents(tx, account), {
    readOnly: true,
    snapshot: true,
    statementTimeout: 60_000,
  })
  if (result.ok)
    return { account: slug, intact: true, events: result.value.sequence, link: result.value.link }
  const { sequence, reason } = result.refusal
  return { account: slug, intact: false, events: sequence - 1, reason }
}

function sentence({ account, intact, events, reason }: Verified): string {
  if (intact) return `${account}: ${events} events, each as it was written`
  return `${account}: broken at event ${events + 1}: ${reasons[reason as keyof typeof reasons]}`
}

async function accounts(db: Database, names: readonly string[]) {
  return transaction(
    db,
    'deployment',
    async (tx) => {
      if (names.length === 0) return (await listAccounts(tx, {}, { limit: 1_000_000, sort: 'slug' })).rows
      const found = []
      for (const name of names) {
        const account = await findAccount(tx, name)
        if (!account) throw new UsageError(`there is no account \`${name}\``)
        found.push(account)
      }
      return found
    },
    { readOnly: true },
  )
}
