import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runKeyholder } from '../testing/run-keyholder.ts'

/** A decision point that keeps what it was sent, allows editing to everybody, and knows one key. */
class DecisionPoint {
  readonly batches: { readonly evaluations: readonly object[] }[] = []
  readonly #server: Server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const isKnown = request.headers.authorization === 'Bearer kh_right'
      const found = request.url === '/access/v1/evaluations' && request.method === 'POST'
      this.batches.push(body)
      response.writeHead(found ? (isKnown ? 200 : 401) : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isKnown ? answerTo(body) : { title: 'This key is not known' }))
    })
  })

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

interface Batch {
  readonly evaluations: readonly { readonly action: { readonly name: string } }[]
}

async function readBody(request: IncomingMessage): Promise<Batch> {
  const chunks = await request.toArray()
  return JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as Batch
}

function answerTo({ evaluations }: Batch): object {
  return {
    evaluations: evaluations.map(({ action }) => ({
      decision: action.name === 'edit',
      context: { reasons: [action.name === 'edit' ? 'granted' : 'no_grant'] },
    })),
  }
}

let point: DecisionPoint
let url: string
let folder: string

beforeEach(async () => {
  point = new DecisionPoint()
  url = await point.start()
  folder = mkdtempSync(join(tmpdir(), 'keyholder-ask-'))
})
afterEach(async () => {
  await point.stop()
  rmSync(folder, { recursive: true })
})

function world(questions: readonly string[]): string {
  const path = join(folder, 'world.yaml')
  writeFileSync(
    path,
    `blueprint: documentation
accounts:
  contoso:
    organizations: { rome: {} }
    users: { dana: {}, erik: {} }
    grants: [{ to: dana, role: editor }]
questions:
${questions.map((question) => `  - { ${question} }\n`).join('')}`,
  )
  return path
}

describe('keyholder ask', () => {
  test('asks about people by key, about places by account and organization', async () => {
    const path = world([
      'who: dana, may: document.edit, in: contoso/rome, owner: erik',
      'who: erik, may: account.view, in: contoso',
    ])
    await runKeyholder(['ask', path, '--url', url, '--key', 'kh_right'])

    expect(point.batches).toEqual([
      {
        evaluations: [
          {
            subject: { type: 'user', id: 'dana' },
            action: { name: 'edit' },
            resource: {
              type: 'document',
              id: '*',
              properties: { account: 'contoso', organization: 'contoso/rome', owner: 'erik' },
            },
          },
          {
            subject: { type: 'user', id: 'erik' },
            action: { name: 'view' },
            resource: { type: 'account', id: '*', properties: { account: 'contoso' } },
          },
        ],
      },
    ])
  })

  test('asks at most a hundred at a time', async () => {
    const path = world(Array<string>(205).fill('who: dana, may: document.edit, in: contoso'))
    const { status, stdout } = await runKeyholder(['ask', path, '--url', url, '--json'], {
      KEYHOLDER_KEY: 'kh_right',
    })

    expect(point.batches.map(({ evaluations }) => evaluations.length)).toEqual([100, 100, 5])
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(205)
    expect(stdout.split('\n')[0]).toBe(
      '{"who":"dana","may":"document.edit","in":"contoso","allowed":true,"because":["granted"]}',
    )
  })

  test('ends with 1 where the server answers otherwise than the world expects, or decides', async () => {
    const path = world([
      'who: erik, may: document.edit, in: contoso',
      'who: dana, may: document.edit, in: contoso, expect: false, why: it is said so',
    ])
    const { status, stdout } = await runKeyholder(['ask', path, '--url', url, '--key', 'kh_right'])

    expect(status).toBe(1)
    expect(stdout).toContain('✗ erik may document.edit in contoso: should be refused\n')
    expect(stdout).toContain(
      '✗ dana may document.edit in contoso: should be refused, because it is said so\n',
    )
    expect(stdout).toContain('2 questions, 2 not as expected')
  })

  test('says that the key is wrong', async () => {
    const path = world(['who: dana, may: document.edit, in: contoso'])

    expect(await runKeyholder(['ask', path, '--url', url, '--key', 'kh_wrong'])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${url} answered 401: This key is not known\n`,
    })
  })

  test('says that nobody answers', async () => {
    const path = world(['who: dana, may: document.edit, in: contoso'])
    await point.stop()
    const { status, stderr } = await runKeyholder(['ask', path, '--url', url, '--key', 'kh_right'])

    expect(status).toBe(2)
    expect(stderr).toContain(`${url} cannot be reached`)
  })
})
