import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isErrorCode } from './is-error-code.ts'
import { draftBeside } from './make-whole.ts'

/** Reads the password of a home's server, or makes it; only the owner of the file can read it. */
export async function openSecret(home: string): Promise<string> {
  const file = join(home, 'secret')
  const draft = draftBeside(file)
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return readFile(file, 'utf8')
}
