import { createServer, connect, type Server, type Socket } from 'node:net'

/** A line to the database that can go silent without being closed, as when a cable is cut. */
export async function lineTo(url: string) {
  const target = new URL(url)
  const socketFolder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let silent = false
  const server: Server = createServer((near) => {
    const port = Number(target.port || 5432)
    const far = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${port}`) : connect(port, target.hostname)
    sockets.add(near).add(far)
    near
      .on('data', (data) => silent || far.write(data))
      .on('error', () => {})
      .on('close', () => far.destroy())
    far
      .on('data', (data) => silent || near.write(data))
      .on('error', () => {})
      .on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const through = new URL(url)
  through.host = `127.0.0.1:${port}`
  through.searchParams.delete('host')
  return {
    url: through.href,
    silence: (on: boolean) => void (silent = on),
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
