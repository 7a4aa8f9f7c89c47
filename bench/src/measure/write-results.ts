import { mkdir, writeFile } from 'node:fs/promises'
import { machine } from './machine.ts'

/** Writes `bench/results/<name>.json`. */
export async function writeResults(name: string, results: unknown): Promise<void> {
  const folder = new URL('../../results/', import.meta.url)
  await mkdir(folder, { recursive: true })
  const text = JSON.stringify({ measuredAt: new Date().toISOString(), machine: machine(), results }, null, 2)
  await writeFile(new URL(`${name}.json`, folder), `${text}\n`)
}
