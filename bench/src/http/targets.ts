import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cerbosBody, hasCerbos, startCerbos } from './cerbos.ts'
import { startChild, type Running } from './child.ts'
import type { Target } from './load.ts'
import { deleteEmbeddedPostgres } from '@keyholder/storage'
import { versionOf } from '../in-process/versions.ts'

const path = '/access/v1/evaluation'
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** A question of the demo world that is allowed, through a group. */
const question = {
  subject: { type: 'user', id: 'dana' },
  action: { name: 'edit' },
  resource: { type: 'asset', id: '1', properties: { organization: 'harbor-lane/riverside' } },
}

const batchSize = 100

/** Which of these assets may she edit: what they have in common is said once, as the standard has it. */
const batch = {
  subject: question.subject,
  action: question.action,
  evaluations: Array.from({ length: batchSize }, (_, i) => ({
    resource: { ...question.resource, id: String(i) },
  })),
}

export interface Field {
  /** The first is what the others are held against. */
  readonly targets: readonly Target[]
  readonly stop: () => Promise<void>
}

/** Starts every server, each in a process of its own; one port after another from this one on. */
export async function startField(firstPort: number): Promise<Field> {
  const [http, fastify, keyholder, cerbos] = [0, 1, 2, 3].map((i) => firstPort + i) as [
    number,
    number,
    number,
    number,
  ]
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
  const running: Running[] = []
  const stop = async () => {
    for (const each of running.toReversed()) await each.stop()
    await deleteEmbeddedPostgres(folder)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    running.push(await bare('servers/bare-http.ts', http))
    running.push(await bare('servers/bare-fastify.ts', fastify))
    running.push(await startKeyholder(keyholder, folder))
    if (hasCerbos) running.push(await startCerbos(cerbos))
  } catch (error) {
    await stop()
    throw error
  }
  const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as { decision_key: string }
  return {
    targets: [
      bareTarget('bare node:http POST with a JSON body', process.version, http),
      bareTarget('bare Fastify with a body schema', versionOf('fastify'), fastify),
      ...keyholderTargets(`http://127.0.0.1:${keyholder}`, `Bearer ${demo.decision_key}`),
      ...(hasCerbos ? [cerbosTarget(cerbos)] : []),
    ],
    stop,
  }
}

/** Starts Keyholder with its demo, and with its data in this folder. */
export function startKeyholder(
  port: number,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  return startChild({
    command: process.execPath,
    args: [here('../../../apps/cli/bin/keyholder.mjs'), 'start'],
    env: { PORT: String(port), KEYHOLDER_DATA: folder, ...env },
    saysReady: /Keyholder runs at/,
  })
}

function bare(file: string, port: number): Promise<Running> {
  return startChild({
    command: process.execPath,
    args: ['--import', 'tsx', here(file), String(port)],
    saysReady: /ready/,
  })
}

function bareTarget(name: string, version: string, port: number): Target {
  return {
    name,
    version,
    url: `http://127.0.0.1:${port}${path}`,
    body: JSON.stringify(question),
    questions: 1,
    isRight: (answer) => answer === '{"decision":true}',
  }
}

function keyholderTargets(url: string, authorization: string): Target[] {
  const shared = { version: '0.1.0', headers: { authorization } }
  const decisions = (answer: string, count: number) => answer.split('"decision":true').length - 1 === count
  return [
    {
      ...shared,
      name: 'Keyholder: evaluation with key, schema, reasons',
      url: `${url}${path}`,
      body: JSON.stringify(question),
      questions: 1,
      isRight: (answer) => decisions(answer, 1),
    },
    {
      ...shared,
      name: `Keyholder: batch of ${batchSize}`,
      url: `${url}/access/v1/evaluations`,
      body: JSON.stringify(batch),
      questions: batchSize,
      isRight: (answer) => decisions(answer, batchSize),
    },
  ]
}

function cerbosTarget(port: number): Target {
  return {
    name: 'Cerbos: check/resources, one resource, roles given',
    version: versionOf('@cerbos/cerbos-linux-x64'),
    url: `http://127.0.0.1:${port}/api/check/resources`,
    body: cerbosBody,
    questions: 1,
    isRight: (answer) => answer.includes('EFFECT_ALLOW'),
  }
}
