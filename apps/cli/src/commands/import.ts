import { importSentence, importWorld, newId } from '@keyholder/server'
import { loadWorldFile } from '@keyholder/world'
import { command } from '../command.ts'
import { onDatabase } from '../database/on-database.ts'
import { exitStatus } from '../exit-status.ts'
import { dataOption } from '../settings.ts'
import { tellFaults } from '../tell-faults.ts'
import { tellingFailures } from '../tell-failures.ts'

export const importCommand = command({
  positionals: { world: { about: 'The path of a world file' } },
  options: { data: dataOption, json: { about: 'Print a line of JSON for each account' } },
  run: ({ words, options }) =>
    tellingFailures(async () => {
      const world = loadWorldFile(words.world, { now: Date.now() })
      if (!world.ok) return tellFaults(world.refusal, options)

      const imported = await onDatabase(options, { makes: true }, (db) =>
        importWorld({ db, newId }, world.value),
      )
      if (!imported.ok) {
        const sentence = importSentence(imported.refusal)
        if (options.json) process.stdout.write(`${JSON.stringify({ ...imported.refusal, sentence })}\n`)
        else process.stderr.write(`${sentence}\n`)
        return exitStatus.misused
      }
      for (const { slug, id, changed } of imported.value) {
        const line = options.json
          ? JSON.stringify({ account: slug, id, changed })
          : `${slug}: ${changed ? 'brought to the state of the file' : 'as the file says already'}`
        process.stdout.write(`${line}\n`)
      }
      return exitStatus.done
    }),
})
