import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DemoFile } from '../demo/demo-file.ts'

const bin = fileURLToPath(new URL('../../bin/keyholder.mjs', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface StartedNode {
  readonly url: string
  readonly demo: DemoFile
  /** Ends the node, and resolves with its status when it is gone; without one where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** The user whose process it is, where that is not the one who runs the tests. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/** Runs `keyholder start` as its own process on a free port, and resolves when it answers. */
export async function startNode(
  dataFolder: string,
  words: readonly string[] = [],
  user?: User,
): Promise<StartedNode> {
  const child = spawn(
    process.execPath,
    [bin, 'start', '--json', '--data', dataFolder, '--port', '0', ...words],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: tmpdir(), TMPDIR: tmpdir() },
      ...user,
    },
  )
  const gone = once(child, 'exit') as Promise<[number | null]>
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))

  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>
  const first = await Promise.race([line, gone])
  if (typeof first[0] !== 'string') throw new Error(`it ended with ${first[0]}:\n${log}`)
  const started = JSON.parse(first[0]) as { readonly url: string; readonly demo_file: string }
  return {
    url: started.url,
    demo: JSON.parse(await readFile(started.demo_file, 'utf8')) as DemoFile,
    end: async (signal) => {
      child.kill(signal)
      return (await gone)[0]
    },
  }
}
