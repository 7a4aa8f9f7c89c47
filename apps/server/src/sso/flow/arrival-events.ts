import type { AccessChange, AccountIndex, EventContent, EventId, GroupId, UserId } from '@keyholder/core'
import type { Arrival } from './arrival.ts'
import type { Recognised } from './recognise.ts'
import type { SsoDeps } from './sso-deps.ts'

interface Told {
  readonly at: number
  readonly index: AccountIndex
  readonly user: UserId
  readonly changes: readonly AccessChange[]
  readonly recognised: Recognised
}

/** What the account's log tells of an arrival beside the session: a new user, a link, other groups. */
export function arrivalEvents(
  { newId }: Pick<SsoDeps, 'newId'>,
  { connection, identity: { subject }, requestId, flow }: Arrival,
  { at, index, user, changes, recognised }: Told,
): readonly EventContent[] {
  const by = { sso_connection: connection.id, subject }
  const told = (action: string, content: Pick<EventContent, 'before' | 'after'>): EventContent => ({
    id: newId<EventId>('event'),
    at,
    action,
    outcome: 'done',
    actor:
      action === 'sso_identity.link' ? { kind: 'person', user, session: flow.session } : { kind: 'system' },
    target: { type: 'member', id: user },
    accounts: [connection.account],
    request: requestId,
    ...content,
  })

  const events: EventContent[] = []
  if (recognised.who === 'newcomer') {
    const { email, name = null } = recognised.newcomer
    events.push(told('member.create', { after: { email, name, grants: grantedIn(changes), ...by } }))
  }
  if (recognised.who === 'linking') events.push(told('sso_identity.link', { after: by }))
  const groups = groupsAround(index, user, changes)
  if (groups) events.push(told('member.sso_groups', groups))
  return events
}

function grantedIn(changes: readonly AccessChange[]) {
  return changes.flatMap((change) =>
    change.kind === 'grant_set' ? [{ role: change.grant.role ?? null, organization: null }] : [],
  )
}

/** The groups of the provider's before and after, where that is not the same. */
function groupsAround(index: AccountIndex, user: UserId, changes: readonly AccessChange[]) {
  const moved = (kind: 'group_member_added' | 'group_member_removed'): GroupId[] =>
    changes.flatMap((change) => (change.kind === kind ? [change.group] : []))
  const [entered, left] = [moved('group_member_added'), moved('group_member_removed')]
  if (entered.length + left.length === 0) return undefined

  const held = index.groupsOf({ kind: 'user', id: user }).filter((group) => !left.includes(group))
  return { before: { groups: [...held, ...left] }, after: { groups: [...held, ...entered] } }
}
