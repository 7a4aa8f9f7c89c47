import type { AccountId, ConnectionId, OrganizationId, SupportAccessId } from '@keyholder/core'
import { sql, type RawBuilder } from 'kysely'
import { allOf } from '../paging/all-of.ts'

/** What is looked for in an account's log; what is left out does not matter. */
export interface EventFilter {
  readonly actions?: readonly string[] | undefined
  readonly outcome?: 'done' | 'refused' | undefined
  /** The id of a person or of a key. */
  readonly actor?: string | undefined
  readonly organization?: OrganizationId | undefined
  /** Only events in these organizations, for somebody who may not read the others. */
  readonly among?: readonly OrganizationId[] | undefined
  readonly targetType?: string | undefined
  readonly target?: string | undefined
  readonly connection?: ConnectionId | undefined
  /** Only what was done in this support access, and how it began and ended. */
  readonly supportAccess?: SupportAccessId | undefined
  /** Only events that stand in this other account's log too. */
  readonly account?: AccountId | undefined
  /** From this moment on, in milliseconds since 1970. */
  readonly from?: number | undefined
  /** Before this moment. */
  readonly until?: number | undefined
}

export function eventCondition(account: AccountId, filter: EventFilter): RawBuilder<boolean> {
  const { actions, outcome, actor, organization, among, targetType, target, connection, from, until } = filter
  return allOf(
    sql`account_id = ${account}`,
    actions && sql`action = any (${actions}::text[])`,
    outcome && sql`outcome = ${outcome}`,
    actor && sql`actor_id = ${actor}`,
    organization && sql`organization_id = ${organization}`,
    among && sql`organization_id = any (${among}::text[])`,
    targetType && sql`target_type = ${targetType}`,
    target && sql`target_id = ${target}`,
    connection && sql`connection_id = ${connection}`,
    filter.supportAccess && sql`support_access_id = ${filter.supportAccess}`,
    filter.account && sql`other_account_id = ${filter.account}`,
    from !== undefined && sql`at >= to_timestamp(${from}::double precision / 1000)`,
    until !== undefined && sql`at < to_timestamp(${until}::double precision / 1000)`,
  )
}
