import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runKeyholder } from './testing/run-keyholder.ts'

const guide = readFileSync(new URL('../../../docs/guides/worlds.md', import.meta.url), 'utf8')
const [, bakery = ''] = /```yaml\n(.*?)```/s.exec(guide) ?? []

test('the first world of the guide is answered as the guide says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-guide-'))
  const path = join(folder, 'bakery.yaml')
  try {
    writeFileSync(path, bakery)
    expect(await runKeyholder(['decide', path])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('2 questions, all answered as expected') as unknown,
    })

    writeFileSync(path, bakery.replace('role: editor', 'role: edtor'))
    const { stderr } = await runKeyholder(['decide', path])
    expect(guide).toContain(stderr.replace(`${folder}/`, ''))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
