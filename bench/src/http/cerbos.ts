import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild, type Running } from './child.ts'

const binary = fileURLToPath(
  new URL('../../node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64', import.meta.url),
)

/** Whether Cerbos is there: its package brings a binary for some systems only. */
export const hasCerbos = existsSync(binary)

const config = (port: number, policies: string) => `
server: { httpListenAddr: "127.0.0.1:${port}", grpcListenAddr: "127.0.0.1:${port + 1}" }
storage: { driver: disk, disk: { directory: ${JSON.stringify(policies)}, watchForChanges: false } }
telemetry: { disabled: true }
`

const policy = `
apiVersion: api.cerbos.dev/v1
resourcePolicy:
  resource: asset
  version: default
  rules:
    - { actions: [view], effect: EFFECT_ALLOW, roles: [viewer] }
    - { actions: [view, edit, tag], effect: EFFECT_ALLOW, roles: [user] }
`

/** Starts Cerbos with a policy of two roles: the roles come with each question, so it looks nothing up. */
export async function startCerbos(port: number): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-cerbos-'))
  const policies = join(folder, 'policies')
  await mkdir(policies)
  await writeFile(join(policies, 'asset.yaml'), policy)
  await writeFile(join(folder, 'config.yaml'), config(port, policies))
  return startChild({
    command: binary,
    args: ['server', `--config=${join(folder, 'config.yaml')}`, '--log-level=info'],
    saysReady: /Starting HTTP|HTTP server|listening/i,
  })
}

export const cerbosBody = JSON.stringify({
  principal: { id: 'vic', roles: ['viewer'] },
  resources: [{ resource: { kind: 'asset', id: '1' }, actions: ['view'] }],
})
