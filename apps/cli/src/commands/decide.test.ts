import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runKeyholder } from '../testing/run-keyholder.ts'

let folder: string
let contoso: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-decide-'))
  contoso = file('contoso.yaml', contosoWorld)
})
afterAll(() => rmSync(folder, { recursive: true }))

const contosoWorld = `
blueprint: documentation
now: 2026-11-21T12:00:00Z
accounts:
  contoso:
    name: Contoso
    organizations:
      rome:  { name: Rome office }
      milan: {}
    roles:
      archivist:
        permissions: [document.view, document.delete, ticket.view:own]
        organizations: [rome]
    users:
      dana:   { email: dana@contoso.example, name: Dana Voss }
      frida:  { superuser: true }
      otto:   { status: suspended }
    external:
      erik: { status: active }
    groups:
      level-1: { members: [dana, erik, "connection:nightowl"] }
    grants:
      - { to: dana, role: read-only }
      - { to: otto, role: read-only }
      - { to: erik, role: archivist, on: rome, until: 2026-12-31T00:00:00Z }
      - { to: "group:level-1", role: editor, on: milan, from: 2026-11-01T00:00:00Z }
      - { to: "connection:nightowl", on: rome }
    connections:
      nightowl: { maximum: creator, delegates: "group:night-shift", until: 2027-01-01T00:00:00Z }
  nightowl:
    users: { erik: {}, olga: {} }
    groups: { night-shift: { members: [olga] } }
    grants: [{ to: olga, role: administrator }]
questions:
  - { who: dana, may: document.edit, in: contoso/milan, expect: true, why: her group edits in Milan }
  - { who: erik, may: ticket.view, in: contoso/rome, owner: erik, expect: true }
  - { who: dana, may: account.manage_licence, in: contoso, expect: false, why: a reader has no say over the licence }
  - { who: olga, may: document.delete, in: contoso/milan }
`

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function jsonLines(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

describe('keyholder decide', () => {
  test('prints a line of JSON for each question', async () => {
    const { status, stdout, stderr } = await runKeyholder(['decide', contoso, '--json'])

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('\n')[0]).toMatch(
      /^\{"who":"dana","may":"document.edit","in":"contoso\/milan","allowed":true,"because":\[/,
    )
    expect(jsonLines(stdout)).toEqual([
      {
        who: 'dana',
        may: 'document.edit',
        in: 'contoso/milan',
        allowed: true,
        because: ['dana → group level-1 → editor on milan → document.edit'],
      },
      {
        who: 'erik',
        may: 'ticket.view',
        in: 'contoso/rome',
        allowed: true,
        because: ['erik → archivist on rome → ticket.view:own (until 2026-12-31T00:00:00Z)'],
      },
      { who: 'dana', may: 'account.manage_licence', in: 'contoso', allowed: false, because: [] },
      {
        who: 'olga',
        may: 'document.delete',
        in: 'contoso/milan',
        allowed: false,
        because: [
          'olga → administrator at nightowl → connection nightowl, at most creator → group level-1 → editor on milan → document.delete (until 2027-01-01T00:00:00Z), but the maximum role creator does not have it',
        ],
      },
    ])
  })

  test('prints a table for people', async () => {
    const { status, stdout } = await runKeyholder(['decide', contoso])

    expect(status).toBe(0)
    expect(stdout).toMatch(/^✓ {2}erik +ticket\.view +contoso\/rome \(owner erik\) +yes +erik → archivist/m)
    expect(stdout).toMatch(/^✓ {2}dana +account\.manage_licence +contoso +no +no grant leads there$/m)
    expect(stdout).toMatch(/\n\n4 questions, all answered as expected\n$/)
  })

  test('explains what came near, and the smallest change that turns the answer round', async () => {
    const { stdout } = await runKeyholder(['decide', contoso, '--explain'])

    expect(stdout).toContain('because dana → group level-1 → editor on milan → document.edit\n')
    expect(stdout).toContain('would turn round: in contoso, take dana out of the group level-1\n')
    expect(stdout).toContain('would turn round: in contoso, take away archivist on rome to erik\n')
    expect(stdout).toContain('came near: olga → administrator at nightowl')
  })

  test('explains in JSON too', async () => {
    const { stdout } = await runKeyholder(['decide', contoso, '--explain', '--json'])

    expect(jsonLines(stdout)[2]).toEqual({
      who: 'dana',
      may: 'account.manage_licence',
      in: 'contoso',
      allowed: false,
      because: [],
      limits: [],
      near_misses: [],
      smallest_change: [expect.stringMatching(/^in contoso, grant \S+ over the account to dana$/)],
    })
  })

  test('asks at another moment than that of the file', async () => {
    const { status, stdout } = await runKeyholder(['decide', contoso, '--now', '2026-12-31T00:00:00Z'])

    expect(status).toBe(1)
    expect(stdout).toContain('✗ erik may ticket.view in contoso/rome (owner erik): should be allowed\n')
    expect(stdout).toContain('4 questions, 1 not as expected')
  })

  test('ends with 1 where an expectation fails', async () => {
    const wrong = file(
      'wrong.yaml',
      contosoWorld.replace('owner: erik, expect: true', 'owner: dana, expect: true'),
    )
    const { status, stdout } = await runKeyholder(['decide', wrong, '--json'])

    expect(status).toBe(1)
    expect(jsonLines(stdout)).toHaveLength(4)
  })

  test('ends with 2 where the file is wrong, and answers nothing', async () => {
    const wrong = file('misspelt.yaml', contosoWorld.replace('role: editor', 'role: edtor'))

    expect(await runKeyholder(['decide', wrong])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${wrong}:26:38 unknown role \`edtor\`; did you mean \`editor\`?\n`,
    })
    expect(jsonLines((await runKeyholder(['decide', wrong, '--json'])).stdout)).toEqual([
      {
        file: wrong,
        line: 26,
        column: 38,
        code: 'unknown_name',
        message: 'unknown role `edtor`; did you mean `editor`?',
      },
    ])
  })

  test('ends with 2 where there is no such file, or the moment is none', async () => {
    expect(await runKeyholder(['decide', 'nowhere.yaml'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'nowhere.yaml:1:1 there is no such file\n',
    })
    expect((await runKeyholder(['decide', contoso, '--now', 'noon'])).stderr).toContain('`noon` is no moment')
  })
})
