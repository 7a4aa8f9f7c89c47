import { addOperatorAtCommandLine, newId } from '@keyholder/server'
import { command, UsageError } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

export const operatorAddCommand = command({
  positionals: { user: { about: 'Whom, by e-mail or id; they have a login already' } },
  options: { data: dataOption, json: { about: 'Print a line of JSON' } },
  run: ({ words, options }) =>
    tellingFailures(async () => {
      const added = await onDatabase(options, { makes: false }, (db) =>
        addOperatorAtCommandLine({ db, newId }, words.user),
      )
      if (!added.ok) throw new UsageError(`nobody has the login \`${words.user}\``)
      const { user, email } = added.value
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ user, email })}\n`
          : `${email} may enter accounts for support, with a second factor.\n`,
      )
      return exitStatus.done
    }),
})
