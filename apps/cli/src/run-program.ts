import { nearestName } from '@keyholder/contract'
import { UsageError, type Command, type Entry, type Group } from './command.ts'
import { exitStatus, type ExitStatus } from './exit-status.ts'
import { readWords } from './read-words.ts'
import { usage } from './usage.ts'

/** Runs what the words ask for. What is wrong with them is told in a sentence. */
export async function runProgram(program: Group, words: readonly string[]): Promise<ExitStatus> {
  const path = ['keyholder']
  try {
    let at: Group | Entry = program
    let rest = words
    while ('commands' in at) {
      const [name, ...after]: readonly string[] = rest
      if (name === undefined || isHelp(name)) return print(usage(path, at.about, at))
      at = member(at, path, name)
      path.push(name)
      rest = after
    }
    const command: Command = await at.load()
    if (rest.some(isHelp)) return print(usage(path, at.about, command))
    return await command.run(readWords(command, rest))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${path.join(' ')}: ${error.message}\nSee \`${path.join(' ')} --help\`.\n`)
    return exitStatus.misused
  }
}

function member({ commands }: Group, path: readonly string[], name: string): Group | Entry {
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (found) return found
  const nearest = nearestName(name, Object.keys(commands))
  const suggestion = nearest === undefined ? '' : `; did you mean \`${[...path, nearest].join(' ')}\`?`
  throw new UsageError(`unknown command \`${name}\`${suggestion}`)
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

function print(text: string): ExitStatus {
  process.stdout.write(text)
  return exitStatus.done
}
