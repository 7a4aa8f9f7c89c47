import type { AccountId } from '@keyholder/core'
import { Client } from 'pg'

export interface Heard {
  /** An account was committed at this revision. */
  readonly onChange: (account: AccountId, revision: number) => void
  /** From now on every change is heard; what was committed before may have gone unheard. */
  readonly onUp?: () => void
  /** Changes go unheard until `onUp`. */
  readonly onDown?: (error: Error) => void
}

export interface ListenOptions {
  /** Milliseconds between two proofs that the connection is alive. */
  readonly heartbeat?: number
  /** Milliseconds that a proof, or a connection, may take. */
  readonly patience?: number
}

export interface Listening {
  readonly stop: () => Promise<void>
}

const longestPause = 2_000

/**
 * Calls back at every committed revision, of every account, for as long as it takes.
 *
 * The connection is asked for a sign of life again and again, because one that was cut says nothing of it. When it is
 * lost it is made anew, at first at once and then less and less often. Behind a pooler that shares connections between
 * transactions nothing is heard: the URL has to lead to the server itself.
 */
export function listenForChanges(url: string, heard: Heard, options: ListenOptions = {}): Listening {
  const { heartbeat = 1_000, patience = 2_000 } = options
  const ended = new AbortController()

  async function listen(): Promise<void> {
    for (let pause = 50; !ended.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      const client = new Client({
        connectionString: url,
        application_name: 'keyholder listener',
        connectionTimeoutMillis: patience,
        query_timeout: patience,
      })
      try {
        await hear(client, heard, () => (pause = 50))
      } catch (error) {
        if (ended.signal.aborted) return
        heard.onDown?.(error as Error)
      } finally {
        client.end().catch(() => {})
      }
      await rest(pause, ended.signal)
    }
  }

  /** Ends only by an error, or when listening is stopped. */
  async function hear(client: Client, { onChange, onUp }: Heard, isUp: () => void): Promise<void> {
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject)
      client.on('end', () => reject(new Error('the connection was closed')))
    })
    lost.catch(() => {}) // heard of below, or no longer of interest
    client.on('notification', ({ payload = '' }) => {
      const [account, revision] = payload.split(':')
      if (account && revision) onChange(account as AccountId, Number(revision))
    })
    await client.connect()
    await client.query('listen keyholder_changes')
    isUp()
    onUp?.()
    while (!ended.signal.aborted) {
      await Promise.race([rest(heartbeat, ended.signal), lost])
      if (!ended.signal.aborted) await Promise.race([client.query('select'), lost])
    }
  }

  const listening = listen()
  return {
    stop: async () => {
      ended.abort()
      await listening
    },
  }
}

/** Waits, unless it is no longer worth it. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
