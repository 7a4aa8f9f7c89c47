import { randomBytes } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { isErrorCode } from './is-error-code.ts'

const draftName = /^draft-(\d+)-/

/** A program that outlived its Keyholder may still write for a moment where the draft is removed. */
const removal = { recursive: true, force: true, maxRetries: 5 }

/**
 * Builds a folder under a name of its own and renames it, so that what stands at `target` is whole.
 *
 * Where another process was faster, its result stays and this one's is thrown away.
 */
export async function makeWhole(target: string, build: (draft: string) => Promise<void>): Promise<void> {
  const draft = draftBeside(target)
  try {
    await build(draft)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, removal)
    if (!isErrorCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
  }
}

/** A name beside `target` that no other process uses, and that tells which process it belongs to. */
export function draftBeside(target: string): string {
  const unique = `draft-${process.pid}-${randomBytes(6).toString('hex')}-${basename(target)}`
  return join(dirname(target), unique)
}

/** Removes the drafts of processes that are gone: they were interrupted half way. */
export async function removeAbandonedDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = draftName.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), removal)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isErrorCode(error, 'EPERM')
  }
}
