import { statfs } from 'node:fs/promises'

import { EmbeddedPostgresRefusal } from './refusal.ts'

/** A segment of PostgreSQL's journal; with less room than that it can neither write nor recover. */
const leastRoom = 16 * 1024 * 1024

/** Puts into a sentence why PostgreSQL gave up, from the last it said and from what is left of the disk. */
export async function refusalFromOutput(home: string, output: string): Promise<EmbeddedPostgresRefusal> {
  if (/No space left on device|Disk quota exceeded/.test(output) || (await isDiskFull(home))) {
    return diskFull(home)
  }
  if (/Address already in use|Address in use/.test(output)) {
    return new EmbeddedPostgresRefusal(
      'port_in_use',
      'Another program listens on the port that PostgreSQL was to use: choose another port.',
    )
  }
  return new EmbeddedPostgresRefusal(
    'server_did_not_start',
    `PostgreSQL did not start in \`${home}\`: ${lastWords(output) || 'it said nothing'}`,
  )
}

async function isDiskFull(home: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(home)
  return bavail * bsize < leastRoom
}

/** The disk has no room left; what was acknowledged is on it and stays there. */
export function diskFull(home: string): EmbeddedPostgresRefusal {
  return new EmbeddedPostgresRefusal(
    'disk_full',
    `The disk that holds \`${home}\` is full: make room there; nothing that was saved is lost.`,
  )
}

/** What went wrong stands after the last word that says how bad it is; a hint may follow it. */
function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const said = lines.filter((line) => /\b(FATAL|PANIC|HINT|error):/.test(line))
  return (said.length > 0 ? said : lines).slice(-3).join(' ').slice(-600)
}
