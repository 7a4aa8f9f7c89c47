import { newId, removeOperatorAtCommandLine } from '@keyholder/server'
import { command, UsageError } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

export const operatorRemoveCommand = command({
  positionals: { user: { about: 'Whom, by e-mail or id' } },
  options: { data: dataOption, json: { about: 'Print a line of JSON' } },
  run: ({ words, options }) =>
    tellingFailures(async () => {
      const removed = await onDatabase(options, { makes: false }, (db) =>
        removeOperatorAtCommandLine({ db, newId }, words.user),
      )
      if (!removed.ok) throw new UsageError(`\`${words.user}\` is not of the staff`)
      const { ended } = removed.value
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ ended })}\n`
          : `${words.user} enters no account any more; ${ended} open support accesses were ended.\n`,
      )
      return exitStatus.done
    }),
})
