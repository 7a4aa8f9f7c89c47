import type { Command, Group, Rest } from './command.ts'

/** The help of a command or a group of them. Plain lines: it is read in pipes and logs as often as on a terminal. */
export function usage(path: readonly string[], about: string, of: Command | Group): string {
  const lines = 'commands' in of ? groupUsage(path, of) : commandUsage(path, of)
  return [about, '', ...lines, ''].join('\n')
}

function groupUsage(path: readonly string[], { commands }: Group): string[] {
  return [
    `Usage: ${path.join(' ')} COMMAND`,
    ...section(
      'Commands',
      Object.entries(commands).flatMap(([name, entry]) => namesUnder(name, entry)),
    ),
    '',
    `\`${path.join(' ')} COMMAND --help\` tells more about a command.`,
  ]
}

function namesUnder(name: string, entry: Group['commands'][string]): Row[] {
  if (!('commands' in entry)) return [[name, entry.about]]
  return Object.entries(entry.commands).flatMap(([inner, one]) => namesUnder(`${name} ${inner}`, one))
}

function commandUsage(path: readonly string[], { positionals, rest, options }: Command): string[] {
  const words = Object.keys(positionals).map((name) => name.toUpperCase())
  const last = rest ? [restWord(rest)] : []
  const synopsis = [...path, ...words, ...last, ...(Object.keys(options).length > 0 ? ['[OPTIONS]'] : [])]
  return [
    `Usage: ${synopsis.join(' ')}`,
    ...section('Arguments', [
      ...Object.entries(positionals).map(([name, { about }]): Row => [name.toUpperCase(), about]),
      ...(rest ? [[restWord(rest), rest.about] as const] : []),
    ]),
    ...section('Options', [
      ...Object.entries(options).map(([name, { value, about }]): Row => [
        value === undefined ? `--${name}` : `--${name} ${value}`,
        about,
      ]),
      ['--help', 'Show this help'],
    ]),
  ]
}

function restWord({ name, optional }: Rest): string {
  const word = `${name.toUpperCase()}…`
  return optional ? `[${word}]` : word
}

type Row = readonly [string, string]

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(([name]) => name.length))
  return ['', `${title}:`, ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)]
}
