import type { Connection } from '../connection/connection.ts'
import type { AccountId, UserId } from '../id.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import type { Finding } from './findings.ts'
import { bySize, reach, type Plan, type Step } from './plan.ts'
import type { Directory } from './directory.ts'

/** Up to so many steps, every combination is looked at; the number of them goes up fivefold with each. */
const thorough = 4

/** A step that closes some of the ways, by a name that is the same wherever it occurs. */
interface Cut {
  readonly name: string
  readonly step: Step
}

/** The smallest plan that closes every way that is open. */
export function wayToDeny(
  directory: Directory,
  index: AccountIndex,
  open: readonly Finding[],
  user: UserId,
): Plan {
  const ways = open.map((finding) => cutsOf(directory, index, finding, user))
  for (let size = 1; size <= thorough; size++) {
    const plans = cutsOfSize(ways, size).map((cuts) => cuts.map(({ step }) => step))
    const [smallest] = plans.sort(bySize)
    if (smallest) return smallest
  }
  return greedily(ways).map(({ step }) => step)
}

/** Every choice of so many cuts that closes all the ways. */
function cutsOfSize(ways: readonly (readonly Cut[])[], size: number): Cut[][] {
  const [first] = ways
  if (!first) return [[]]
  if (size === 0) return []
  return first.flatMap((cut) => cutsOfSize(waysWithout(ways, cut), size - 1).map((rest) => [cut, ...rest]))
}

/** For each way that is left, the cut that closes the most of them. */
function greedily(ways: readonly (readonly Cut[])[]): Cut[] {
  const [first] = ways
  if (!first) return []
  const left = (cut: Cut) => waysWithout(ways, cut).length
  const best = first.reduce((a, b) => (left(b) < left(a) ? b : a))
  return [best, ...greedily(waysWithout(ways, best))]
}

function waysWithout(ways: readonly (readonly Cut[])[], { name }: Cut): (readonly Cut[])[] {
  return ways.filter((cuts) => !cuts.some((other) => other.name === name))
}

/** Whatever closes this way: taking away the grant, a membership of the person or the connection, or the connection. */
function cutsOf(directory: Directory, index: AccountIndex, finding: Finding, user: UserId): Cut[] {
  const { route, position } = finding
  const { rows } = index
  const here = (change: AccessChange, reached: number) => cut(rows.id, change, reached)
  const id = rows.grants.id(position)
  const cuts = [here({ kind: 'grant_removed', id }, reach.grantTo[route.kind])]
  const connection = route.through?.connection
  const { group } = route
  if (group?.kind === 'manual') {
    const member = connection
      ? { kind: 'connection' as const, id: connection.id }
      : { kind: 'user' as const, id: user }
    cuts.push(
      here(
        { kind: 'group_member_removed', group: group.id, member },
        connection ? reach.connection : reach.person,
      ),
    )
  }
  if (connection) {
    cuts.push(
      here({ kind: 'connection_set', connection: { ...connection, status: 'paused' } }, reach.connection),
    )
    cuts.push(...undelegated(directory, connection, user))
  }
  return cuts
}

/** Takes somebody out of the delegates, where their group is one that is filled by hand. */
function undelegated(directory: Directory, { guest, delegates }: Connection, user: UserId): Cut[] {
  if (delegates === 'everyone' || directory.account(guest)?.group(delegates)?.kind !== 'manual') return []
  const member = { kind: 'user' as const, id: user }
  return [cut(guest, { kind: 'group_member_removed', group: delegates, member }, reach.person)]
}

function cut(account: AccountId, change: AccessChange, reached: number): Cut {
  return { name: JSON.stringify([account, change]), step: { account, change, reach: reached } }
}
