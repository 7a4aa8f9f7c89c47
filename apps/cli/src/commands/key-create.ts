import { createOperatorKey, newId, storedBlueprint, type OperatorKeyRefusal } from '@keyholder/server'
import { command, UsageError } from '../command.ts'
import { deploymentOf } from '../database/deployment-of.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

export const keyCreateCommand = command({
  positionals: {},
  options: {
    account: { value: 'SLUG', about: 'Makes a key of this account' },
    deployment: { about: 'Makes a key of the whole deployment' },
    name: { value: 'NAME', about: 'What the key is called in lists and in the log' },
    scopes: {
      value: 'LIST',
      about:
        'What it may do, with commas: of an account permissions, `asset.*` or `*`; of the deployment `decisions`, or `*` for everything',
    },
    until: { value: 'MOMENT', about: 'When it ends, such as 2027-01-01T00:00:00Z; else never' },
    data: dataOption,
    json: { about: 'Print a line of JSON' },
  },
  run: ({ options }) =>
    tellingFailures(async () => {
      const { account, deployment, name, scopes } = options
      if ((account === undefined) === !deployment)
        throw new UsageError('name either --account SLUG or --deployment')
      if (name === undefined) throw new UsageError('`--name` is missing')
      if (scopes === undefined) throw new UsageError('`--scopes` is missing')
      const endsAt = moment(options.until)

      const request = { account, name, scopes: scopes.split(',').map((scope) => scope.trim()), endsAt }
      const created = await onDatabase(options, { makes: false }, async (db) =>
        createOperatorKey({ db, newId, blueprint: storedBlueprint(await deploymentOf(db)) }, request),
      )
      if (!created.ok) throw new UsageError(sentence(created.refusal))
      const { id, secret, scopes: granted } = created.value
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ id, secret, scopes: granted, ends_at: endsAt?.toISOString() })}\n`
          : `${secret}\n`,
      )
      if (!options.json) process.stderr.write(`The key ${id} is shown this once: keep it safe.\n`)
      return exitStatus.done
    }),
})

function moment(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new UsageError('`--until` is a moment like 2027-01-01T00:00:00Z')
  if (at <= Date.now()) throw new UsageError('`--until` has passed already')
  return new Date(at)
}

function sentence(refusal: OperatorKeyRefusal): string {
  return refusal.code === 'account_unknown' ? `there is no account \`${refusal.account}\`` : refusal.sentence
}
