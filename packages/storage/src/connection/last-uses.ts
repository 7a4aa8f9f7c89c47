import type { AccountId, ConnectionId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** When each of these people last did something through a connection, as the host's log tells. */
export async function lastUsesOf(
  tx: Tx,
  host: AccountId,
  connection: ConnectionId,
  users: readonly UserId[],
): Promise<ReadonlyMap<UserId, Date>> {
  const { rows } = await sql<{ readonly user: UserId; readonly at: Date }>`
    select actor_id as user, max(at) as at
      from events
     where account_id = ${host} and connection_id = ${connection} and actor_id = any (${users}::text[])
       and event_json(content) #>> '{actor,connection}' = ${connection}
     group by actor_id`.execute(tx)
  return new Map(rows.map(({ user, at }) => [user, at]))
}
