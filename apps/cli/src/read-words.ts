import { parseArgs } from 'node:util'
import { nearestName } from '@keyholder/contract'
import { UsageError, type Command, type Given, type Option } from './command.ts'

/** Reads the words after a command as what the command declares; refuses what it does not. */
export function readWords(command: Command, words: readonly string[]): Given<string, Record<string, Option>> {
  const {
    positionals: typed,
    tokens,
    values,
  } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(command.options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(command, token.name, token.rawName, token.value)
  }

  const names = Object.keys(command.positionals)
  const rest = command.rest?.optional ? undefined : command.rest?.name
  const missing = names[typed.length] ?? (typed.length === names.length ? rest : undefined)
  if (missing !== undefined) throw new UsageError(`${missing.toUpperCase()} is missing`)
  if (!command.rest && typed.length > names.length) {
    throw new UsageError(`unexpected word \`${typed[names.length] ?? ''}\``)
  }
  return {
    words: Object.fromEntries(names.map((name, index) => [name, typed[index] ?? ''])),
    rest: typed.slice(names.length),
    options: Object.fromEntries(
      Object.entries(command.options).map(([name, { value }]) => [
        name,
        value === undefined ? values[name] === true : values[name],
      ]),
    ) as Record<string, string & boolean>,
  }
}

function checkOption({ options }: Command, name: string, typed: string, value: string | undefined): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option || !typed.startsWith('--')) {
    const nearest = nearestName(name, Object.keys(options))
    throw new UsageError(
      `unknown option \`${typed}\`${nearest === undefined ? '' : `; did you mean \`--${nearest}\`?`}`,
    )
  }
  if (option.value === undefined && value !== undefined) throw new UsageError(`\`${typed}\` takes no value`)
  if (option.value !== undefined && !value)
    throw new UsageError(`\`${typed}\` needs a value: ${option.value}`)
}
