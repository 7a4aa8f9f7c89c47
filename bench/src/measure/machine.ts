import { cpus, totalmem } from 'node:os'

/** What a figure was measured on. */
export function machine(): {
  readonly node: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
} {
  const cores = cpus()
  return {
    node: process.version,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  }
}
