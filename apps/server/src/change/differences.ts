import {
  difference,
  effective,
  heldForms,
  isEmpty,
  type AccountId,
  type AccountIndex,
  type Directory,
  type OrganizationId,
  type UserId,
} from '@keyholder/core'
import type { After } from './judge-plan.ts'
import type { Scene } from './scene.ts'

export interface Difference {
  readonly user: UserId
  readonly organization: OrganizationId | null
  readonly permissions: string[]
}

/** Who would gain and who would lose what, and where. */
export function differences(
  { directory, at }: Scene,
  after: After,
): { gains: Difference[]; loses: Difference[] } {
  const later: Directory = { ...directory, account: (id) => after.get(id) ?? directory.account(id) }
  const gains: Difference[] = []
  const loses: Difference[] = []
  for (const [account, index] of after) {
    gains.push(...more(later, directory, account, index, at))
    loses.push(...more(directory, later, account, directory.account(account) ?? index, at))
  }
  return { gains, loses }
}

function more(
  than: Directory,
  other: Directory,
  account: AccountId,
  index: AccountIndex,
  at: number,
): Difference[] {
  const { members, organizations } = index.facts()
  return members.flatMap(({ user }) =>
    [undefined, ...organizations].flatMap((organization) => {
      const extra = difference(
        effective(than, user, account, organization, at),
        effective(other, user, account, organization, at),
      )
      if (isEmpty(extra)) return []
      return [
        { user, organization: organization ?? null, permissions: [...heldForms(extra, than.blueprint)] },
      ]
    }),
  )
}
