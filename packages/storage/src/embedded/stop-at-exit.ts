/** A server that must not outlive this process, unless the process is killed. */
export interface StopsAtExit {
  readonly stop: () => Promise<void>
  /** Asks the server to stop, without waiting: what is possible while the process exits. */
  readonly stopSoon: () => void
}

/** Not SIGHUP: to listen to it would undo `nohup`. */
const signals = ['SIGINT', 'SIGTERM'] as const
const servers = new Set<StopsAtExit>()

/** Stops the server when this process exits or is asked to end; answers how to take that back. */
export function stopAtExit(server: StopsAtExit): () => void {
  if (servers.size === 0) listen()
  servers.add(server)
  return () => {
    if (servers.delete(server) && servers.size === 0) stopListening()
  }
}

function listen() {
  process.on('exit', stopAllSoon)
  for (const signal of signals) process.on(signal, endBySignal)
}

function stopListening() {
  process.off('exit', stopAllSoon)
  for (const signal of signals) process.off(signal, endBySignal)
}

function stopAllSoon() {
  for (const server of servers) server.stopSoon()
}

/** A program that hears the signal itself decides how it ends, and the server ends with it, not before. */
function endBySignal(signal: NodeJS.Signals) {
  if (process.listenerCount(signal) > 1) return
  void Promise.allSettled([...servers].map((server) => server.stop())).then(() => {
    stopListening()
    process.kill(process.pid, signal)
  })
}
