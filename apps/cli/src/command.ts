import type { ExitStatus } from './exit-status.ts'

/** The command line asks for something that there is not. The message is for the person who typed it. */
export class UsageError extends Error {}

export interface Positional {
  readonly about: string
}

/** The last positional, where it may be given more than once. */
export interface Rest extends Positional {
  readonly name: string
  /** Whether it may also be left out. */
  readonly optional?: boolean
}

export interface Option {
  readonly about: string
  /** What stands after the option, as the help names it. An option without one is a switch. */
  readonly value?: string
}

/** A command, ready to be given the words that were typed. */
export interface Command {
  readonly positionals: Readonly<Record<string, Positional>>
  readonly rest?: Rest
  readonly options: Readonly<Record<string, Option>>
  run(given: Given<string, Record<string, Option>>): ExitStatus | Promise<ExitStatus>
}

/** What was typed, by name. */
export type Given<Names extends string, Options extends Readonly<Record<string, Option>>> = {
  readonly words: Readonly<Record<Names, string>>
  readonly rest: readonly string[]
  readonly options: { readonly [Name in keyof Options]: GivenOption<Options[Name]> }
}

type GivenOption<Kind extends Option> = Kind extends { readonly value: string } ? string | undefined : boolean

/** Declares a command, so that `run` is given what was declared. */
export function command<
  const Names extends string,
  const Options extends Readonly<Record<string, Option>>,
>(declared: {
  readonly positionals: Readonly<Record<Names, Positional>>
  readonly rest?: Rest
  readonly options: Options
  run(given: Given<Names, Options>): ExitStatus | Promise<ExitStatus>
}): Command {
  return declared
}

/** Commands under one word. The help of a group does not read the code of its commands. */
export interface Group {
  readonly about: string
  readonly commands: Readonly<Record<string, Group | Entry>>
}

export interface Entry {
  readonly about: string
  load(): Promise<Command>
}
