#!/usr/bin/env node
// Writes the files that are made from the sources: `npm run generate`. With `--check` it writes nothing, and fails
// where a file is not what would be written.
import { readFile, writeFile } from 'node:fs/promises'
import { register } from 'tsx/esm/api'

register()

/** Each file, by its path from the root of the repository, and the text that belongs in it. */
const files = [
  {
    path: 'docs/world.schema.json',
    text: async () => {
      const { worldSchema } = await import('../packages/contract/src/world-schema.ts')
      return `${JSON.stringify(worldSchema(), null, 2)}\n`
    },
  },
  {
    path: 'docs/openapi.json',
    text: async () => {
      const { endpointsByFeature, openApi } = await import('../packages/contract/src/index.ts')
      const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
      return `${JSON.stringify(openApi(endpointsByFeature, { version }), null, 2)}\n`
    },
  },
  {
    path: 'docs/errors.md',
    text: async () => {
      const { errorsPage } = await import('../packages/contract/src/errors-page.ts')
      return errorsPage()
    },
  },
]

const isCheck = process.argv.includes('--check')
const root = new URL('../', import.meta.url)

for (const { path, text } of files) {
  const expected = await text()
  const found = await readFile(new URL(path, root), 'utf8').catch(() => undefined)
  if (found === expected) continue

  if (isCheck) {
    console.error(`${path} is not what its sources make of it. Run \`npm run generate\`.`)
    process.exitCode = 1
  } else {
    await writeFile(new URL(path, root), expected)
    console.log(`wrote ${path}`)
  }
}
