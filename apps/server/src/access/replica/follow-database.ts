import { listenForChanges } from '@keyholder/storage'
import type { Replica } from './replica.ts'

export interface FollowOptions {
  /** Where notifications are heard; it has to lead to the server itself, past any pooler. */
  readonly url: string
  /** How often the database is asked what went unheard, in milliseconds. */
  readonly confirmEvery: number
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

export interface Following {
  readonly stop: () => Promise<void>
}

/**
 * Keeps a replica with its database: by notifications at once, and by asking now and then what went unheard.
 *
 * Asking goes through the pool, so that a node whose notifications are lost, by whatever stands in between, still
 * sees every change within the period.
 */
export function followDatabase(replica: Replica, { url, confirmEvery, warn }: FollowOptions): Following {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  async function confirm(): Promise<void> {
    try {
      await replica.confirm()
    } catch (error) {
      warn('the database did not confirm the accounts in memory', { error })
    }
  }

  async function confirmNowAndThen(): Promise<void> {
    await confirm()
    if (isStopped) return
    timer = setTimeout(() => {
      confirming = confirmNowAndThen()
    }, confirmEvery).unref()
  }

  let confirming = confirmNowAndThen()
  const listening = listenForChanges(url, {
    onChange: (id, revision) => (isKey(id) ? replica.credentialsChanged() : replica.heard(id, revision)),
    onUp: () => {
      replica.credentialsChanged()
      void confirm()
    },
    onDown: (error) => warn('changes go unheard, and are asked for instead', { error }),
  })

  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await Promise.all([confirming, listening.stop()])
    },
  }
}

/** Keys are spoken of on the same channel as accounts. */
function isKey(id: string): boolean {
  return id.startsWith('key_')
}
