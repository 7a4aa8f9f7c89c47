import type { z } from 'zod'
import {
  AccountIndex,
  compareAccess,
  compareSeats,
  type AccountId,
  type Blueprint,
  type Directory,
} from '@keyholder/core'
import type { Preview } from '@keyholder/contract'
import type { Promised } from './change-plan.ts'
import { differencesIn } from './difference-form.ts'
import type { Scene } from './scene.ts'

type AtAcceptance = NonNullable<z.input<typeof Preview>['preview']['at_acceptance']>[number]

/** What somebody gains once they accept what is offered to them, as if they accepted now. */
export function acceptanceOf(
  { directory, at }: Pick<Scene, 'directory' | 'at'>,
  promised: Promised,
): AtAcceptance {
  const { email, account, user, home, changes } = promised
  const was = directory.account(account)
  if (!was) throw new Error(`${account}, in which something is offered, is not there`)
  const is = was.withChanges(changes)
  const around = (id: AccountId) =>
    directory.account(id) ?? (id === home ? homeOf(directory.blueprint, promised) : undefined)
  const before: Directory = { ...directory, account: around }
  const after: Directory = { ...directory, account: (id) => (id === account ? is : around(id)) }

  const affected = new Set([user])
  const gains = compareAccess({ before, after, account, at, affected }).flatMap((person) =>
    differencesIn(person, ({ gained }) => gained),
  )
  return {
    email,
    gains: gains.map(({ organization, permissions }) => ({ organization, permissions })),
    billed: compareSeats(was, is, at, affected).billed,
  }
}

/** The home of somebody made up, which is not suspended any more than they are. */
function homeOf(blueprint: Blueprint, { user, home }: Promised): AccountIndex {
  return AccountIndex.of(blueprint, {
    id: home,
    status: 'active',
    revision: 0,
    organizations: [],
    roles: [],
    members: [{ user, kind: 'home', status: 'active', home }],
    groups: [],
    grants: [],
    connections: [],
  })
}
