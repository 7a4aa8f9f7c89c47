import { loadBlueprint } from '@keyholder/world'
import { command } from '../command.ts'
import { exitStatus } from '../exit-status.ts'
import { tellFaults } from '../tell-faults.ts'

export const blueprintCheckCommand = command({
  positionals: { file: { about: 'The path of a blueprint, or the name of one that comes with Keyholder' } },
  options: { json: { about: 'Print each fault as a line of JSON' } },
  run: ({ words, options }) => {
    const blueprint = loadBlueprint(words.file)
    if (!blueprint.ok) return tellFaults(blueprint.refusal, options)

    const { permissions, roles } = blueprint.value
    const found = `${permissions.length} permissions and ${roles.length} roles, nothing wrong`
    if (!options.json) process.stdout.write(`${words.file}: ${found}\n`)
    return exitStatus.done
  },
})
