import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'

/** How a node tells what it does: lines of JSON for machines, or sentences for who started it by hand. */
export type LogFormat = 'json' | 'text'

/** The log of a node, on standard error. */
export function nodeLog(
  format: LogFormat,
  write: (line: string) => void = toStandardError,
): FastifyBaseLogger {
  return pino({ level: 'info' }, { write: format === 'json' ? write : (line) => write(sentenceIn(line)) })
}

function toStandardError(line: string): void {
  process.stderr.write(line)
}

interface Entry {
  readonly msg?: string
  readonly err?: { readonly message?: string }
}

/** What somebody at a terminal wants to know of a line. */
function sentenceIn(line: string): string {
  const { msg = '', err } = JSON.parse(line) as Entry
  return err?.message === undefined ? `${msg}\n` : `${msg}: ${err.message}\n`
}
