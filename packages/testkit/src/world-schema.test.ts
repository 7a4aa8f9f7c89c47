import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadScenarios } from './scenarios.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const schema = JSON.parse(readFileSync(`${root}docs/world.schema.json`, 'utf8')) as object
const accepts = new Ajv({ strict: true }).compile(schema)

function read(file: string): unknown {
  return parse(readFileSync(`${root}${file}`, 'utf8'))
}

const files = loadScenarios({ now: 0 }).map(({ file }) => file)

describe('the JSON Schema that editors check world files with', () => {
  test.each([...files, 'apps/cli/src/demo/demo.world.yaml'])('takes %s', (file) => {
    expect(accepts(read(file))).toBe(true)
  })

  test.each([
    ['a key that is not known', { acounts: {} }],
    ['a key in an account that is not known', { accounts: { contoso: { user: {} } } }],
    ['a status that is none', { accounts: { contoso: { status: 'asleep' } } }],
    ['a moment in other words', { accounts: {}, now: 'noon' }],
    ['a question without its place', { accounts: {}, questions: [{ who: 'dana', may: 'document.view' }] }],
    ['a slug in capitals', { accounts: { Contoso: {} } }],
  ])('refuses %s', (_, part) => {
    expect(accepts({ blueprint: 'documentation', accounts: {}, ...part })).toBe(false)
  })
})
