import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runKeyholder } from './testing/run-keyholder.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('keyholder', () => {
  test.each([[[]], [['--help']], [['-h']]])(
    'shows what it can do when it is asked nothing: %j',
    async (words) => {
      const { status, stdout } = await runKeyholder(words)

      expect(status).toBe(0)
      expect(stdout).toContain('Usage: keyholder COMMAND')
      expect(stdout).toMatch(/^ {2}decide +Answer the questions of a world/m)
      expect(stdout).toMatch(/^ {2}blueprint check +/m)
    },
  )

  test.each([
    [['decde', 'x'], 'keyholder: unknown command `decde`; did you mean `keyholder decide`?'],
    [['constructor'], 'keyholder: unknown command `constructor`'],
    [
      ['blueprint', 'shw'],
      'keyholder blueprint: unknown command `shw`; did you mean `keyholder blueprint show`?',
    ],
    [['blueprint', 'show'], 'keyholder blueprint show: NAME is missing'],
    [['blueprint', 'show', 'a', 'b'], 'keyholder blueprint show: unexpected word `b`'],
    [
      ['blueprint', 'show', 'a', '--jsn'],
      'keyholder blueprint show: unknown option `--jsn`; did you mean `--json`?',
    ],
    [['ask', 'w.yaml', '--url'], 'keyholder ask: `--url` needs a value: URL'],
    [
      ['ask', 'w.yaml', '--url', 'ftp://x', '--key', 'k'],
      'keyholder ask: `--url` has to begin with http:// or https://',
    ],
  ])('says what is wrong with %j, and ends with 2', async (words, told) => {
    const { status, stdout, stderr } = await runKeyholder(words, { KEYHOLDER_KEY: '' })

    expect(stderr.split('\n')[0]).toBe(told)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
})

describe('keyholder blueprint', () => {
  test('shows a blueprint with every pattern resolved', async () => {
    const { status, stdout } = await runKeyholder(['blueprint', 'show', 'documentation', '--json'])
    const shown = JSON.parse(stdout) as {
      permissions: object[]
      roles: { key: string; permissions: string[] }[]
    }

    expect(status).toBe(0)
    expect(Object.keys(shown)).toEqual(['name', 'terms', 'permissions', 'roles'])
    expect(shown).toMatchObject({ name: 'Documentation', terms: { custom_role: 'custom role' } })
    expect(shown.permissions[0]).toEqual({
      key: 'document.view',
      label: 'View',
      level: 'organization',
      own: false,
      guarded: false,
    })
    expect(shown.roles.find(({ key }) => key === 'superuser')?.permissions).toHaveLength(
      shown.permissions.length,
    )
    expect(shown.roles.find(({ key }) => key === 'creator')).toMatchObject({
      name: 'Creator',
      connects: true,
      permissions: expect.arrayContaining(['document.view', 'document.edit:own']) as unknown,
    })
  })

  test('shows it to people too', async () => {
    const { stdout } = await runKeyholder(['blueprint', 'show', 'documentation'])

    expect(stdout).toMatch(/^ {2}document\.edit +Edit +own$/m)
    expect(stdout).toMatch(/^Superuser \(superuser\)$/m)
  })

  test('finds nothing wrong in the blueprints that come with it', async () => {
    expect(await runKeyholder(['blueprint', 'check', 'blueprints/service-desk.yaml'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('nothing wrong') as unknown,
    })
  })

  test('names what is wrong with line and column', async () => {
    const path = file(
      'wrong.yaml',
      `name: Wrong
resources:
  member: { actions: { view: View } }
  Document: { actions: { view: View, edit: { label: Edit, onw: true } } }
roles:
  reader: { name: Reader, permissions: [document.veiw, '!subscription.*'] }
`,
    )
    const { status, stderr } = await runKeyholder(['blueprint', 'check', path])

    expect(status).toBe(2)
    expect(stderr).toBe(`${path}:4:59 unknown key \`onw\`; did you mean \`own\`?\n`)
  })

  test('names names that are reserved, malformed or unknown', async () => {
    const path = file(
      'names.yaml',
      `name: Wrong
resources:
  member: { actions: { view: View } }
  Paper: { actions: { view: View } }
roles:
  reader: { name: Reader, permissions: [Paper.view, member.veiw, '!subscription.*'] }
`,
    )
    const { stdout } = await runKeyholder(['blueprint', 'check', path, '--json'])
    const faults = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))

    expect(faults).toEqual([
      {
        file: path,
        line: 3,
        column: 3,
        code: 'reserved_name',
        message: "`member` is one of Keyholder's own resources; choose another name",
      },
      {
        file: path,
        line: 4,
        column: 3,
        code: 'wrong_form',
        message: '`Paper` has to be lower-case letters, digits and `_`, and begin with a letter',
      },
      {
        file: path,
        line: 6,
        column: 53,
        code: 'unknown_name',
        message: 'unknown permission `member.veiw`; did you mean `member.view`?',
      },
      {
        file: path,
        line: 6,
        column: 66,
        code: 'unknown_name',
        message: 'unknown permission `!subscription.*`',
      },
    ])
  })

  test('says that there is no such file', async () => {
    const { status, stderr } = await runKeyholder(['blueprint', 'check', './nowhere.yaml'])

    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: './nowhere.yaml:1:1 there is no file `./nowhere.yaml`\n',
    })
  })
})
