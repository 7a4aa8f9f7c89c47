import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deleteEmbeddedPostgres } from '@keyholder/storage'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetchWhenAvailable } from '../testing/fetch-when-available.ts'
import { runKeyholder } from '../testing/run-keyholder.ts'
import { startNode, type StartedNode, type User } from '../testing/start-node.ts'

const scenario = 'scenarios/documentation/the-lesser-of-two.yaml'
let folder: string
let nodes: StartedNode[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-start-'))
  chmodSync(folder, 0o711)
  nodes = []
})
afterEach(async () => {
  for (const node of nodes) await node.end('SIGTERM')
  await deleteEmbeddedPostgres(folder)
  rmSync(folder, { recursive: true, force: true })
})

async function start(words: readonly string[] = [], user?: User): Promise<StartedNode> {
  const node = await startNode(folder, words, user)
  nodes.push(node)
  return node
}

/** Runs a command on the same data folder. */
function run(...words: string[]) {
  return runKeyholder(words, { KEYHOLDER_DATA: folder, DATABASE_URL: '' })
}

function lines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

async function may(
  { url, demo }: Pick<StartedNode, 'url' | 'demo'>,
  [user, permission, place]: readonly [string, string, string],
): Promise<unknown> {
  const [type, name] = permission.split('.')
  const response = await fetchWhenAvailable(`${url}/access/v1/evaluation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.decision_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: user },
      action: { name },
      resource: { type, id: 'any', properties: { organization: place } },
    }),
  })
  return ((await response.json()) as { decision: unknown }).decision
}

/** Deletes an organization with the account's own key. */
async function takeAway({ url, demo }: StartedNode, account: string, organization: string): Promise<number> {
  const path = `${url}/api/v1/accounts/${account}/organizations/${organization}`
  const authorization = `Bearer ${demo.accounts[account]?.key ?? ''}`
  const found = await fetchWhenAvailable(path, { headers: { authorization } })
  await found.text()
  const headers = { authorization, 'if-match': found.headers.get('etag') ?? '' }
  return (await fetchWhenAvailable(path, { method: 'DELETE', headers })).status
}

async function statusOf(url: string): Promise<number> {
  const response = await fetchWhenAvailable(url)
  await response.text()
  return response.status
}

describe('keyholder start', () => {
  test('runs the demo; a change counts at the next question, and after the process was killed', async () => {
    const node = await start()
    const paths = ['/', '/healthz', '/readyz', '/docs/api', '/openapi.json']
    const pages = await Promise.all(paths.map((path) => statusOf(node.url + path)))
    expect(pages).toEqual(paths.map(() => 200))
    expect(statSync(join(folder, 'demo.json')).mode & 0o777).toBe(0o600)
    expect(Object.keys(node.demo.accounts).length).toBeGreaterThanOrEqual(4)
    expect(Object.values(node.demo.users).filter(({ password }) => password.length < 15)).toEqual([])

    const question = ['oskar', 'task.schedule', 'harbor-lane/downtown'] as const
    expect(await may(node, question)).toBe(true)
    expect(await takeAway(node, 'harbor-lane', 'downtown')).toBe(204)
    expect(await may(node, question)).toBe(false)

    await node.end('SIGKILL')
    const again = await start()
    expect(again.demo).toEqual({ ...node.demo, base_url: again.url })
    expect(await may(again, question)).toBe(false)
    expect(await may(again, ['tomas', 'task.schedule', 'harbor-lane/riverside'])).toBe(true)
    expect(await again.end('SIGINT')).toBe(0)
  })

  test('works with the other commands beside it, on one world', async () => {
    const node = await start(['--world', scenario])
    const key = node.demo.decision_key
    const asked = await run('ask', scenario, '--url', node.url, '--key', key, '--json')
    expect(asked).toMatchObject({ status: 0, stderr: '' })

    const exported = await run('export', ...Object.keys(node.demo.accounts))
    expect(exported).toMatchObject({ status: 0, stderr: '' })
    const file = join(folder, 'exported.yaml')
    writeFileSync(file, exported.stdout)
    const imported = await run('import', file, '--json')
    expect(imported).toMatchObject({ status: 0, stderr: '' })
    expect(lines(imported.stdout)).toEqual(
      Object.entries(node.demo.accounts).map(([account, { id }]) => ({ account, id, changed: false })),
    )

    const newcomer = (role: string) =>
      `{ "blueprint": "documentation", "accounts": { "newcomer": { "organizations": { "bern": {} },
         "users": { "nora": {} }, "grants": [{ "to": "nora", "role": "${role}" }] } } }`
    const edits = ['nora', 'document.edit', 'newcomer/bern'] as const
    for (const [role, expected] of [
      ['editor', true],
      ['read-only', false],
    ] as const) {
      writeFileSync(file, newcomer(role))
      expect((await run('import', file)).status).toBe(0)
      expect(await may(node, edits)).toBe(expected)
    }

    const [account = ''] = Object.keys(node.demo.accounts)
    const made = await run(
      'key',
      'create',
      '--account',
      account,
      '--name',
      'Test',
      '--scopes',
      'organization.view',
    )
    const headers = { authorization: `Bearer ${made.stdout.trim()}` }
    const listed = await fetchWhenAvailable(`${node.url}/api/v1/accounts/${account}/organizations`, {
      headers,
    })
    expect(listed.status).toBe(200)

    const verified = await run('audit', 'verify', '--json')
    expect(verified.status).toBe(0)
    expect(lines(verified.stdout)).toHaveLength(Object.keys(node.demo.accounts).length + 1)
  })

  test('says in a sentence why it does not start, and ends with 2', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const taken = await run('start', '--port', String(port))
    holder.close()
    expect(taken.stderr).toContain(`Port ${port} of \`127.0.0.1\` is in use: stop what runs there`)

    const other = await run('start', '--world', scenario, '--port', '0')
    expect(other.stderr).toContain('the database holds other accounts already')
    const unreachable = await runKeyholder(['start'], {
      DATABASE_URL: 'postgresql://keyholder:x@127.0.0.1:1/k',
    })
    expect(unreachable.stderr).toContain('The database cannot be reached')
    const wrong = await run('start', '--port', 'http')
    expect(wrong.stderr).toContain('`PORT` must be a number')

    const all = [taken, other, unreachable, wrong]
    expect(all.map(({ status }) => status)).toEqual([2, 2, 2, 2])
    expect(all.filter(({ stderr }) => /^ +at /m.test(stderr))).toEqual([])
  })

  test.runIf(process.getuid?.() === 0)('runs as an ordinary user too', async () => {
    const idOf = (what: string) => Number(spawnSync('id', [what, 'daemon'], { encoding: 'utf8' }).stdout)
    const user = { uid: idOf('-u'), gid: idOf('-g') }
    chownSync(folder, user.uid, user.gid)

    const node = await start([], user)
    expect(await may(node, ['tomas', 'task.schedule', 'harbor-lane/downtown'])).toBe(true)
    expect(statSync(join(folder, 'demo.json')).uid).toBe(user.uid)
  })
})
