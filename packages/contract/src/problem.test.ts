import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { problems } from './problem.ts'

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')

describe('the problems of the API', () => {
  test('stand on the page about errors, each with its status, and no others do', () => {
    const sections = page.split(/^## /m).slice(1)
    const written = sections.flatMap((section) =>
      [...section.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => `${section.slice(0, 3)} ${code}`),
    )
    const declared = Object.entries(problems).map(([code, { status }]) => `${status} ${code}`)

    expect(written.length).toBeGreaterThan(20)
    expect(written.toSorted()).toEqual(declared.toSorted())
  })

  test.each(Object.entries(problems))(
    '%s says what is wrong and what to do, in one sentence',
    (code, kind) => {
      expect(code).toMatch(/^[a-z][a-z_]+$/)
      expect(kind.status).toBeGreaterThanOrEqual(400)
      expect(kind.title).not.toMatch(/[.!]$/)
      expect(kind.detail).toMatch(/^[A-Z`].*[.]$/)
      expect(kind.detail).not.toMatch(/[.] [A-Z]/)
    },
  )
})
