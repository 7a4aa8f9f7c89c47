/** What kind of thing is wrong. Stable: programs may depend on it. */
export type FaultCode =
  | 'file_unreadable'
  | 'file_too_large'
  | 'nested_too_deeply'
  | 'malformed'
  | 'duplicate_key'
  | 'reserved_name'
  | 'unknown_key'
  | 'wrong_form'
  | 'unknown_name'
  | 'not_unique'
  | 'not_allowed'

/** One thing wrong in a file, at its place: lines and columns count from 1. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: FaultCode
  readonly message: string
}

/** A fault that knows its place as a path of keys, before the file's lines are looked up. */
export interface PathFault {
  readonly path: Path
  /** Whether the key at the path is wrong, or its value. */
  readonly part: 'key' | 'value'
  readonly code: FaultCode
  readonly message: string
}

export type Path = readonly (string | number)[]

/** How many faults of one file are told; past that a reader starts over anyway. */
export const faultLimit = 50

/** `scenarios/example.yaml:12:7 unknown role …`: what editors and terminals make a link of. */
export function faultLine(fault: Fault): string {
  return `${fault.file}:${fault.line}:${fault.column} ${fault.message}`
}
