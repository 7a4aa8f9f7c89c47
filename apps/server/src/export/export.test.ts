import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '@keyholder/testkit/server'
import { allPages } from './all-pages.ts'
import { exportAnswer } from './export-answer.ts'

interface Person {
  readonly name: string
  readonly since: Date | null
}

const columns = { name: ({ name }: Person) => name, since: ({ since }: Person) => since }

async function exported(format: 'csv' | 'json', people: readonly Person[]) {
  const pages = allPages<Person>('name', async ({ after }) => {
    const start = after ? Number(after.id) : 0
    const next = start + 2 < people.length ? { value: null, id: String(start + 2) } : undefined
    return { rows: people.slice(start, start + 2), total: people.length, next }
  })
  const { body, headers } = exportAnswer(format, {
    name: 'people of acme',
    columns,
    item: (person) => person,
    pages,
  })
  let text = ''
  for await (const piece of body) text += piece
  return { text, headers }
}

const noon = new Date('2026-11-21T12:00:00Z')

describe('an export', () => {
  test('is a table of every page under one head', async () => {
    const people = ['Ada', 'Bo', 'Cy', 'Di', 'Ed'].map((name) => ({ name, since: noon }))
    const { text, headers } = await exported('csv', people)

    expect(text.split('\r\n')).toEqual([
      'name,since',
      ...people.map(({ name }) => `${name},2026-11-21T12:00:00.000Z`),
      '',
    ])
    expect(headers).toMatchObject({ 'content-disposition': 'attachment; filename="people-of-acme.csv"' })
  })

  test('is an array of every page', async () => {
    const people = ['Ada', 'Bo', 'Cy'].map((name) => ({ name, since: null }))

    expect(JSON.parse((await exported('json', people)).text)).toEqual(people)
    expect(JSON.parse((await exported('json', [])).text)).toEqual([])
    expect((await exported('csv', [])).text).toBe('name,since\r\n')
  })

  test.each(['=1+1', '+1', '-2+3', '@SUM(1)', '\t=1', '\r=1', '＝1', '-2+3+cmd|" /C calc"!A0'])(
    'has no cell that a spreadsheet takes for a formula: %j',
    async (name) => {
      const { text } = await exported('csv', [{ name, since: null }])

      expect(text.split('\r\n').slice(1).join('\r\n')).toMatch(/^"?'/)
    },
  )

  test('has one line for each row, whatever is in it', async () => {
    const people = naughtyStrings.map((name) => ({ name, since: null }))
    const { text } = await exported('csv', people)
    const quoted = text.replaceAll(/"(?:[^"]|"")*"/g, 'x')

    expect(quoted.split('\r\n').length).toBe(people.length + 2)
  })
})
