import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { deleteEmbeddedPostgres } from '@keyholder/storage'
import { expect, test } from 'vitest'
import { startNode, type StartedNode } from './testing/start-node.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

interface Step {
  readonly commands: string
  /** What the guide shows of the answer; nothing where it shows none. */
  readonly shown: unknown
}

/** The commands of a guide after those that start Keyholder, and the answers that it shows. */
function stepsOf(guide: string): readonly Step[] {
  const blocks = [...guide.matchAll(/^```(sh|json)\n([\s\S]*?)^```$/gm)].map(([, kind, text = '']) => ({
    kind,
    text,
  }))
  return blocks.flatMap(({ kind, text }, index) => {
    if (kind !== 'sh' || text.includes('npm start')) return []
    const next = blocks[index + 1]
    return [{ commands: text, shown: next?.kind === 'json' ? (JSON.parse(next.text) as unknown) : undefined }]
  })
}

/** Runs the steps in one shell, as somebody does who follows the guide, and answers what each of them printed. */
async function follow(steps: readonly Step[], folder: string): Promise<readonly string[]> {
  const mark = '=== the next step ==='
  const script = steps.map(({ commands }) => `${commands}\necho; echo '${mark}'\n`).join('')
  const { stdout } = await promisify(execFile)('bash', ['-euc', script], {
    cwd: folder,
  })
  return stdout.split(mark).slice(0, -1)
}

test('somebody who follows "Getting started" word by word sees what it shows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-guide-'))
  chmodSync(folder, 0o711)
  // The folder stands in for the checkout, which has its own data folder perhaps.
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(root, name), join(folder, name))
  let node: StartedNode | undefined
  try {
    node = await startNode(join(folder, '.keyholder'))
    const steps = stepsOf(readFileSync(join(root, 'docs/guides/getting-started.md'), 'utf8'))
    const printed = await follow(steps, folder)

    expect(steps.length).toBeGreaterThan(5)
    const answers = steps.flatMap(({ shown }, index) =>
      shown === undefined ? [] : [{ shown, printed: JSON.parse(printed[index] ?? '') as unknown }],
    )
    expect(answers.map((answer) => answer.printed)).toMatchObject(answers.map(({ shown }) => shown))
    expect(printed.at(-1)).toContain('harbor-lane')
  } finally {
    await node?.end('SIGTERM')
    await deleteEmbeddedPostgres(join(folder, '.keyholder'))
    rmSync(folder, { recursive: true, force: true })
  }
})
