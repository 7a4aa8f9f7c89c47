import type { AccountId } from '@keyholder/core'
import { DatabaseUnavailable } from '@keyholder/storage'
import type { Replica } from '../access/replica/replica.ts'
import type { Views } from './view.ts'

/** Views over the accounts in memory, each as far as anything this node has heard of. */
export function replicaViews(replica: Replica): Views {
  return {
    of: async (accounts) => {
      await Promise.all(accounts.map((account) => makeReady(replica, account)))
      const directory = replica.view()
      return { directory, at: directory.at }
    },
  }
}

async function makeReady(replica: Replica, account: AccountId): Promise<void> {
  const ready = await replica.ready(account)
  if (!ready.ok && ready.refusal.code === 'unavailable')
    throw new DatabaseUnavailable('unreachable', undefined)
}
