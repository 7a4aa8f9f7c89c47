import { exportWorld, runsOn, storedBlueprint } from '@keyholder/server'
import type { Database, Deployment } from '@keyholder/storage'
import { blueprintFiles, loadBlueprint, writeWorld, writeWorldAsJson } from '@keyholder/world'
import { command, UsageError } from '../command.ts'
import { deploymentOf } from '../database/deployment-of.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellingFailures } from '../tell-failures.ts'

export const exportCommand = command({
  positionals: {},
  rest: { name: 'account', about: 'The slugs of the accounts; what ties them to others is left out' },
  options: {
    blueprint: { value: 'PATH', about: 'How the file calls a blueprint that does not come with Keyholder' },
    data: dataOption,
    json: { about: 'Write the file as one line of JSON' },
  },
  run: ({ rest, options }) =>
    tellingFailures(async () => {
      const world = await onDatabase(options, { makes: false }, (db) => read(db, rest, options.blueprint))
      process.stdout.write(options.json ? `${writeWorldAsJson(world)}\n` : writeWorld(world))
      return exitStatus.done
    }),
})

async function read(db: Database, slugs: readonly string[], named: string | undefined) {
  const deployment = await deploymentOf(db)
  const blueprint = storedBlueprint(deployment)
  const blueprintName = named ?? nameOf(deployment)
  const world = await exportWorld({ db, blueprint, blueprintName }, slugs)
  if (!world.ok) throw new UsageError(`there is no account \`${world.refusal.slug}\``)
  return world.value
}

/** The name under which the deployment's blueprint comes with Keyholder. */
function nameOf(deployment: Deployment): string {
  const name = blueprintFiles('.').names.find((one) => {
    const loaded = loadBlueprint(one)
    return loaded.ok && runsOn(deployment, loaded.value)
  })
  if (name !== undefined) return name
  throw new UsageError(
    `the blueprint \`${deployment.blueprint.name}\` does not come with this version of Keyholder: say with --blueprint what the file shall call it`,
  )
}
