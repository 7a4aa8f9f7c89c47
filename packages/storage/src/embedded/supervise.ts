import { setTimeout as delay } from 'node:timers/promises'

import { EmbeddedPostgresRefusal } from './refusal.ts'
import type { RunningServer } from './running-server.ts'

export interface SupervisionHooks {
  readonly log: (sentence: string) => void
  readonly onDown: (why: string) => void
  readonly onUp: () => void
}

export interface Supervision {
  /** The server that is up, or was and may still run; nothing where another Keyholder has it now. */
  readonly current: () => RunningServer | undefined
  /** Resolves when no attempt to bring the server up is under way any more. */
  readonly settled: () => Promise<void>
}

const longestPause = 5_000

/** How long to wait before the next attempt: at once, then twice as long each time, at most 5 s. */
export function pauseBefore(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(longestPause, 50 * 2 ** attempt)
}

/** Brings a server up and keeps it up: where its connection ends, it is brought up again, for as long as it takes. */
export async function supervise(
  bringUp: () => Promise<RunningServer>,
  ending: AbortSignal,
  { log, onDown, onUp }: SupervisionHooks,
): Promise<Supervision> {
  let server: RunningServer | undefined = await bringUp()
  let revival = Promise.resolve()

  function watch({ connection }: RunningServer) {
    connection.once('end', () => {
      if (ending.aborted) return
      onDown('PostgreSQL ended without being asked to.')
      revival = revive()
    })
  }

  async function revive() {
    let said = ''
    for (let attempt = 0; !ending.aborted; attempt += 1) {
      try {
        await delay(pauseBefore(attempt), undefined, { signal: ending })
        server = await bringUp()
        watch(server)
        onUp()
        return
      } catch (error) {
        if (isTaken(error)) server = undefined
        const sentence = error instanceof Error ? error.message : String(error)
        if (!ending.aborted && sentence !== said) log(sentence)
        said = sentence
      }
    }
  }

  watch(server)
  return { current: () => server, settled: () => revival }
}

function isTaken(error: unknown): boolean {
  return error instanceof EmbeddedPostgresRefusal && error.code === 'folder_in_use'
}
