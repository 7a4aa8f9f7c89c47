import type { Blueprint } from '@keyholder/core'
import { unknownName, type AccountInWorldFile, type WorldFile } from '@keyholder/contract'
import type { FaultCode, Path, PathFault } from './fault.ts'
import { readMoment } from './moment.ts'

/** A world file while its references are followed. */
export interface Reading {
  readonly blueprint: Blueprint
  readonly file: WorldFile
  /** The moment from which relative times count. */
  readonly now: number
  /** The slug of the home account of every user. */
  readonly homes: ReadonlyMap<string, string>
  /** Whose each e-mail address is, as far as the file was read. */
  readonly emails: Map<string, string>
  readonly faults: PathFault[]
}

/** One account of it, with the names that may be referred to there. */
export interface AccountReading extends Reading {
  readonly slug: string
  readonly account: AccountInWorldFile
  readonly path: Path
  readonly organizations: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  /** Users who are members here: at home or external. */
  readonly members: ReadonlySet<string>
  readonly guests: ReadonlySet<string>
  /** Built-in and custom roles. */
  readonly roles: ReadonlySet<string>
}

export function accountReading(reading: Reading, slug: string, account: AccountInWorldFile): AccountReading {
  const custom = Object.keys(account.roles ?? {})
  return {
    ...reading,
    slug,
    account,
    path: ['accounts', slug],
    organizations: new Set(Object.keys(account.organizations ?? {})),
    groups: new Set(Object.keys(account.groups ?? {})),
    members: new Set([...Object.keys(account.users ?? {}), ...Object.keys(account.external ?? {})]),
    guests: new Set(Object.keys(account.connections ?? {})),
    roles: new Set([...reading.blueprint.role.keys(), ...custom]),
  }
}

export function fault(
  { faults }: Reading,
  path: Path,
  code: FaultCode,
  message: string,
  part: PathFault['part'] = 'value',
): void {
  faults.push({ path, part, code, message })
}

/** Follows a name to what it names, or says that it names nothing and which known name is nearest. */
export function refer(
  reading: Reading,
  path: Path,
  what: string,
  name: string,
  known: ReadonlySet<string> | ReadonlyMap<string, unknown>,
  part: PathFault['part'] = 'value',
): void {
  if (!known.has(name)) fault(reading, path, 'unknown_name', unknownName(what, name, known.keys()), part)
}

/** The bounds of a grant or a connection, as absolute moments. */
export function readBounds(
  reading: Reading,
  path: Path,
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
): { readonly startsAt?: number; readonly endsAt?: number } {
  const startsAt = boundAt(reading, [...path, 'from'], from)
  const endsAt = boundAt(reading, [...path, 'until'], until)
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) {
    fault(reading, [...path, 'until'], 'not_allowed', 'this ends before it begins')
  }
  return { ...(startsAt !== undefined && { startsAt }), ...(endsAt !== undefined && { endsAt }) }
}

function boundAt(reading: Reading, path: Path, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const moment = readMoment(text, reading.now)
  if (moment === undefined) fault(reading, path, 'wrong_form', `there is no moment \`${text}\``)
  return moment
}
