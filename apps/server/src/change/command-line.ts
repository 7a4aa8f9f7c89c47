import type { Author, EventActor, KeyId } from '@keyholder/core'

const key = 'command_line' as KeyId

/** The operator at the command line, who needs no key; the log calls them so. */
export const commandLine: EventActor = { kind: 'operator', key }

/** The same, as who made what takes effect later. */
export const commandLineAuthor: Author = { kind: 'operator', id: key }
