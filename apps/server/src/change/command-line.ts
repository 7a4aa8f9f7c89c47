import type { EventActor, KeyId } from '@keyholder/core'

/** The operator at the command line, who needs no key; the log calls them so. */
export const commandLine: EventActor = { kind: 'operator', key: 'command_line' as KeyId }
