import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const page = readFileSync(`${root}docs/security.md`, 'utf8')
const named = [...page.matchAll(/`((?:apps|packages)\/[^`]+)`/g)].map(([, path = '']) => path)

describe('the page about security', () => {
  test('names no file that is not there', () => {
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([])
  })

  test('names every attack case', () => {
    const folder = 'apps/server/src/attack'
    const files = readdirSync(`${root}${folder}`).filter((file) => file.endsWith('.test.ts'))
    const cases = files.map((file) => `${folder}/${file}`)

    expect(cases.filter((path) => !named.includes(path))).toEqual([])
  })
})
