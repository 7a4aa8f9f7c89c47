import { setTimeout as delay } from 'node:timers/promises'

import type { RunningServer } from './bring-up.ts'

export interface SupervisionHooks {
  readonly log: (sentence: string) => void
  readonly onDown: (why: string) => void
  readonly onUp: () => void
}

export interface Supervision {
  /** The server that is up now, if one is. */
  readonly current: () => RunningServer | undefined
  /** Stops watching, and answers with the server that is up then. */
  readonly end: () => Promise<RunningServer | undefined>
}

const longestPause = 5_000

/** How long to wait before the next attempt: at once, then twice as long each time, at most 5 s. */
export function pauseBefore(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(longestPause, 50 * 2 ** attempt)
}

/** Keeps a server up: where its connection ends, it is brought up again, for as long as it takes. */
export function supervise(
  first: RunningServer,
  bringUp: (signal: AbortSignal) => Promise<RunningServer>,
  { log, onDown, onUp }: SupervisionHooks,
): Supervision {
  const ending = new AbortController()
  let server: RunningServer | undefined = first
  let revival = Promise.resolve()

  function watch({ connection }: RunningServer) {
    connection.once('end', () => {
      if (ending.signal.aborted) return
      server = undefined
      onDown('PostgreSQL ended without being asked to.')
      revival = revive()
    })
  }

  async function revive() {
    for (let attempt = 0; !ending.signal.aborted; attempt += 1) {
      try {
        await delay(pauseBefore(attempt), undefined, { signal: ending.signal })
        server = await bringUp(ending.signal)
        watch(server)
        onUp()
        return
      } catch (error) {
        if (!ending.signal.aborted) log(`PostgreSQL is not back: ${String(error)}`)
      }
    }
  }

  watch(first)
  return {
    current: () => server,
    end: async () => {
      ending.abort()
      await revival
      return server
    },
  }
}
