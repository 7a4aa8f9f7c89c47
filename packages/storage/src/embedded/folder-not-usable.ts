import { isErrorCode } from './is-error-code.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'

/** Puts into a sentence why the operating system refuses to work in a folder. */
export function folderNotUsable(folder: string, error: unknown): EmbeddedPostgresRefusal {
  return new EmbeddedPostgresRefusal(
    'folder_not_usable',
    `The folder \`${folder}\` ${reasonAndRemedy(error)}, or choose another data folder.`,
  )
}

function reasonAndRemedy(error: unknown): string {
  if (isErrorCode(error, 'EACCES')) return 'belongs to another user: start Keyholder as that user'
  if (isErrorCode(error, 'EROFS')) return 'is on a disk that can only be read: make it writable'
  return `cannot be used (${error instanceof Error ? error.message : String(error)}): repair it`
}
