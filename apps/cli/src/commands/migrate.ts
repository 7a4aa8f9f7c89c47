import { command } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

export const migrateCommand = command({
  positionals: {},
  options: { data: dataOption, json: { about: 'Print a line of JSON for each migration that was applied' } },
  run: ({ options }) =>
    tellingFailures(async () => {
      const applied = await onDatabase(options, { makes: true }, async (_db, migrations) => migrations)
      if (options.json)
        for (const migration of applied) process.stdout.write(`${JSON.stringify({ migration })}\n`)
      else
        process.stdout.write(
          applied.length === 0 ? 'The schema is up to date.\n' : `Applied ${applied.length}.\n`,
        )
      return exitStatus.done
    }),
})
