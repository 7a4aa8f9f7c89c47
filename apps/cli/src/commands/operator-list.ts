import { listOperators, transaction } from '@keyholder/storage'
import { command } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { table } from '../table.ts'
import { tellingFailures } from '../tell-failures.ts'

export const operatorListCommand = command({
  positionals: {},
  options: { data: dataOption, json: { about: 'Print a line of JSON for each of them' } },
  run: ({ options }) =>
    tellingFailures(async () => {
      const { rows } = await onDatabase(options, { makes: false }, (db) =>
        transaction(db, 'deployment', (tx) => listOperators(tx, { limit: 1_000_000, sort: 'email' }), {
          readOnly: true,
        }),
      )
      process.stdout.write(
        options.json
          ? rows.map(({ user, email }) => `${JSON.stringify({ user, email })}\n`).join('')
          : table(rows.map(({ user, email, name }) => [email, user, name ?? ''])),
      )
      return exitStatus.done
    }),
})
