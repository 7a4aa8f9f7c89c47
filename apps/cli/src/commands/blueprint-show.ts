import { blueprintForm, loadBlueprint } from '@keyholder/world'
import { command } from '../command.ts'
import { exitStatus } from '../exit-status.ts'
import { table } from '../table.ts'
import { tellFaults } from '../tell-faults.ts'

export const blueprintShowCommand = command({
  positionals: { name: { about: 'A blueprint that comes with Keyholder, or the path of a file' } },
  options: { json: { about: 'Print one JSON document' } },
  run: ({ words, options }) => {
    const blueprint = loadBlueprint(words.name)
    if (!blueprint.ok) return tellFaults(blueprint.refusal, options)
    const shown = blueprintForm(blueprint.value)
    process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : asTables(shown))
    return exitStatus.done
  },
})

function asTables({ name, terms, permissions, roles }: ReturnType<typeof blueprintForm>): string {
  return [
    `${name}\n`,
    `\nIts words: ${Object.values(terms).join(', ')}.\n`,
    '\nPermissions\n',
    table(
      permissions.map(({ key, label, level, own, guarded }) => [
        `  ${key}`,
        label,
        [level === 'account' ? 'account' : '', own ? 'own' : '', guarded ? 'guarded' : '']
          .filter(Boolean)
          .join(', '),
      ]),
    ),
    ...roles.map(
      (role) =>
        `\n${role.name} (${role.key})${role.connects ? '' : ', does not connect'}\n  ${role.permissions.join(' ') || 'nothing'}\n`,
    ),
  ].join('')
}
