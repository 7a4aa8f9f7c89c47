import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deleteEmbeddedPostgres } from '@keyholder/storage'
import { startKeyholder } from '../http/targets.ts'

export interface DemoServer {
  readonly url: string
  readonly decisionKey: string
  /** E-mail and password of everybody in the demo. */
  readonly people: readonly { readonly email: string; readonly password: string }[]
  readonly stop: () => Promise<void>
}

/** The demo in a process of its own, which believes us about from where a request comes. */
export async function startDemoServer(port: number): Promise<DemoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
  const server = await startKeyholder(port, folder, { TRUSTED_PROXIES: '127.0.0.1' })
  const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as {
    decision_key: string
    users: Record<string, { email: string; password: string }>
  }
  return {
    url: `http://127.0.0.1:${port}`,
    decisionKey: demo.decision_key,
    people: Object.values(demo.users),
    stop: async () => {
      await server.stop()
      await deleteEmbeddedPostgres(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
