import { DatabaseUnavailable, EmbeddedPostgresRefusal, MigrationRefused } from '@keyholder/storage'

/**
 * What to say of a failure that lies in the surroundings and not in Keyholder; nothing where it is a bug, whose trace
 * somebody will want to see.
 */
export function failureSentence(error: unknown): string | undefined {
  if (error instanceof EmbeddedPostgresRefusal || error instanceof MigrationRefused) return error.message
  if (error instanceof DatabaseUnavailable) return `${error.message} ${reasonIn(error.cause)}`.trim()
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return sentenceOf(String(error.code), error)
}

function sentenceOf(code: string, error: Error): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `${placeIn(error)} is in use: stop what runs there, or set \`PORT\` to another port.`
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${placeIn(error)}: set \`HOST\` to one of its own.`
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
      return `The database cannot be reached (${reasonIn(error)}): check \`DATABASE_URL\`, and that the server runs.`
    case 'EACCES':
      return `It is not permitted here (${error.message}).`
    case '28000':
    case '28P01':
    case '3D000':
      return `The database does not let Keyholder in (${error.message}): check \`DATABASE_URL\`.`
    case '57P03':
    case '53300':
      return `The database takes no connections at this time (${error.message}): try again in a moment.`
    default:
      return undefined
  }
}

function placeIn(error: Error): string {
  const { address, port } = error as { readonly address?: string; readonly port?: number }
  return port === undefined ? `\`${address ?? ''}\`` : `Port ${port} of \`${address ?? ''}\``
}

/** An error that stands for several, one for each address that was tried, has no message of its own. */
function reasonIn(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonIn).join('; ')
  return error instanceof Error ? error.message : ''
}
