import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import type { Address } from './address.ts'
import type { Home } from './home.ts'
import { readPostmaster } from './postmaster-file.ts'
import { openSocketFolder, socketPort } from './socket-folder.ts'

/** Decides where the server listens: on a socket, or on 127.0.0.1 where a port is asked for or there are no sockets. */
export async function chooseAddress(home: Home, port: number | undefined): Promise<Address> {
  if (port !== undefined) return onLoopback(port)
  if (process.platform !== 'win32')
    return { host: await openSocketFolder(home.path, home.user), port: socketPort }
  const running = await readPostmaster(join(home.path, 'data'))
  return onLoopback(running?.address.port ?? (await findFreePort()))
}

function onLoopback(port: number): Address {
  return { host: '127.0.0.1', port }
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
