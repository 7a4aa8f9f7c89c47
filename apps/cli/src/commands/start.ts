import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Blueprint, Result } from '@keyholder/core'
import { nodeLog, startServer, stopOnSignals, type Config } from '@keyholder/server'
import { loadBlueprint, loadWorldFile, type Fault, type World } from '@keyholder/world'
import { command } from '../command.ts'
import { banner, type Started } from '../demo/banner.ts'
import { beginWith, type Beginning } from '../demo/begin-with.ts'
import { writeDemoFile, type DemoFile } from '../demo/demo-file.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption, settings } from '../settings.ts'
import { tellFaults } from '../tell-faults.ts'
import { tellingFailures } from '../tell-failures.ts'

const demoWorld = fileURLToPath(new URL('../demo/demo.world.yaml', import.meta.url))

export const startCommand = command({
  positionals: {},
  options: {
    world: { value: 'WORLD', about: 'A world file to begin with, in place of the demo' },
    demo: { about: 'Begin with the demo also in production, or where DATABASE_URL names the database' },
    blueprint: { value: 'BLUEPRINT', about: 'The blueprint to run on from now on; else the one of before' },
    port: { value: 'PORT', about: 'The port; else PORT is taken, else 4455' },
    host: { value: 'HOST', about: 'The address to listen on; else HOST is taken, else 127.0.0.1' },
    data: dataOption,
    json: { about: 'Print what started as a line of JSON, and the log as lines of JSON, as in production' },
  },
  run: ({ options }) =>
    tellingFailures(async () => {
      const config = settings(options)
      const world = firstWorld(options, config)
      if (world && !world.ok) return tellFaults(world.refusal, options)
      const blueprint = options.blueprint === undefined ? undefined : loadBlueprint(options.blueprint)
      if (blueprint && !blueprint.ok) return tellFaults(blueprint.refusal, options)

      const isWanted = options.world !== undefined || options.demo
      const isForPrograms = options.json || process.env['NODE_ENV'] === 'production'
      const log = nodeLog(isForPrograms ? 'json' : 'text')
      const { running, started } = await start(config, log, {
        blueprint: blueprint?.value,
        beginning: world && beginningWith(world.value, isWanted, config),
      })
      process.stdout.write(isForPrograms ? `${JSON.stringify(asJson(started))}\n` : banner(started))
      await stopOnSignals(running, log)
      return exitStatus.done
    }),
})

interface Wanted {
  readonly blueprint: Blueprint | undefined
  readonly beginning: Beginning | undefined
}

/** The demo is for a database of Keyholder's own outside of production, or where somebody asks for it. */
function firstWorld(
  { world, demo }: { readonly world: string | undefined; readonly demo: boolean },
  { databaseUrl }: Config,
): Result<World, readonly Fault[]> | undefined {
  if (world !== undefined) return loadWorldFile(world, { now: Date.now() })
  const isTrial = databaseUrl === undefined && process.env['NODE_ENV'] !== 'production'
  return demo || isTrial ? loadWorldFile(demoWorld, { now: Date.now() }) : undefined
}

function beginningWith(world: World, isWanted: boolean, { dataFolder, publicUrl }: Config): Beginning {
  const folder = resolve(dataFolder)
  return { world, isWanted, dataFolder: folder, file: join(folder, 'demo.json'), baseUrl: publicUrl }
}

async function start(config: Config, log: ReturnType<typeof nodeLog>, { blueprint, beginning }: Wanted) {
  let demo: DemoFile | undefined
  const running = await startServer(config, {
    log,
    blueprint,
    firstBlueprint: beginning?.world.blueprint,
    prepare: async (db, settled) => {
      demo = beginning && (await beginWith(beginning, db, settled))
      return { demoFile: demo && beginning?.file }
    },
  })

  // Which port is a free one shows only now.
  const isSettled = config.port !== 0 || process.env['PUBLIC_URL']
  const url = isSettled ? running.publicUrl : running.url
  if (demo && beginning && demo.base_url !== url) {
    demo = { ...demo, base_url: url }
    await writeDemoFile(beginning.file, demo)
  }
  const started: Started = {
    url,
    blueprint: running.blueprint.name,
    database:
      config.databaseUrl === undefined ? `its own, in ${resolve(config.dataFolder)}` : 'that of DATABASE_URL',
    demo: demo && beginning && { file: beginning.file, contents: demo },
  }
  return { running, started }
}

function asJson({ url, blueprint, demo }: Started): object {
  return { url, blueprint, demo_file: demo?.file }
}
