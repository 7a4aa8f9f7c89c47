import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Everything with which the demo can be used: keys, people, passwords. Only its owner can read the file. */
export interface DemoFile {
  readonly base_url: string
  /** Asks for decisions about every account. */
  readonly decision_key: string
  /** Opens everything. */
  readonly operator_key: string
  /** By slug; each key opens everything of its account. */
  readonly accounts: Readonly<
    Record<string, { readonly id: string; readonly name: string; readonly key: string }>
  >
  /** By their keys in the world; the passwords are for signing in. */
  readonly users: Readonly<Record<string, DemoUser>>
}

export interface DemoUser {
  readonly name: string
  readonly email: string
  readonly password: string
  /** The home account. */
  readonly account: string
}

/** The demo file of an earlier start, as far as it can be read; every part of it may be missing. */
export async function readDemoFile(path: string): Promise<Partial<DemoFile>> {
  try {
    const file: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof file === 'object' && file !== null ? file : {}
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    )
      return {}
    throw error
  }
}

/** Writes the file whole or not at all. */
export async function writeDemoFile(path: string, demo: DemoFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.draft`
  await writeFile(draft, `${JSON.stringify(demo, undefined, 2)}\n`, { mode: 0o600, flush: true })
  await chmod(draft, 0o600)
  await rename(draft, path)
}
