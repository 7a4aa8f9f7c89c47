import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { FrameReader } from './frame-reader.ts'

/**
 * What stands between a node and its database.
 *
 * `open`: nothing. `cut`: connections are closed, and no new ones come about. `stalled`: connections stay, and nothing
 * moves on them. `muted`: everything passes but notifications, as behind a pooler that shares connections.
 */
export type Weather = 'open' | 'cut' | 'stalled' | 'muted'

/** The byte that PostgreSQL's NotificationResponse begins with. */
const notification = 'A'.charCodeAt(0)

/** A way to a test database that can be disturbed at the socket, where neither side knows of it. */
export class DatabaseProxy {
  readonly url: string
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #weather: Weather = 'open'

  private constructor(server: Server, url: string) {
    this.#server = server
    this.url = url
  }

  static async open(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(databaseUrl)
    const target = targetOf(url)
    url.searchParams.delete('host')
    url.hostname = '127.0.0.1'
    url.port = String((server.address() as AddressInfo).port)

    const proxy = new DatabaseProxy(server, url.href)
    server.on('connection', (client) => proxy.#join(client, target))
    return proxy
  }

  set(weather: Weather): void {
    this.#weather = weather
    for (const pair of this.#pairs) {
      for (const socket of pair) {
        if (weather === 'cut') socket.destroy()
        else if (weather === 'stalled') socket.pause()
        else socket.resume()
      }
    }
  }

  async close(): Promise<void> {
    this.set('cut')
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client: Socket, target: Target): void {
    if (this.#weather === 'cut') {
      client.destroy()
      return
    }
    const database = connect(target)
    const pair = [client, database] as const
    this.#pairs.add(pair)
    const end = () => {
      for (const socket of pair) socket.destroy()
      this.#pairs.delete(pair)
    }
    const frames = new FrameReader()
    client.on('data', (bytes) => database.write(bytes))
    database.on('data', (bytes) => {
      for (const frame of frames.read(bytes)) {
        if (this.#weather !== 'muted' || frame[0] !== notification) client.write(frame)
      }
    })
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('close', end)
      socket.on('error', end)
      if (this.#weather === 'stalled') socket.pause()
    }
  }
}

type Target = { readonly path: string } | { readonly host: string; readonly port: number }

/** Where a connection string leads: a socket whose folder travels as `host`, or a host and a port. */
function targetOf(url: URL): Target {
  const port = Number(url.port || 5432)
  const folder = url.searchParams.get('host')
  if (folder?.startsWith('/')) return { path: join(folder, `.s.PGSQL.${port}`) }
  return { host: folder ?? url.hostname, port }
}
