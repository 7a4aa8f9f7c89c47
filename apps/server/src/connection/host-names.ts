import type { AccountId, Agreement, Blueprint } from '@keyholder/core'
import { hostNames, type Tx } from '@keyholder/storage'

/** What a role, a group or an organization of the host is called; its id where it is gone. */
export type Names = (id: string) => { readonly id: string; readonly name: string }

/** The names of everything that these connections of one host mention. The transaction has to see the host. */
export async function namesFor(
  tx: Tx,
  blueprint: Blueprint,
  host: AccountId,
  agreements: readonly Agreement[],
): Promise<Names> {
  const ids = agreements.flatMap(mentioned)
  const stored = await hostNames(tx, host, [...new Set(ids)])
  return (id) => ({ id, name: blueprint.role.get(id)?.name ?? stored.get(id) ?? id })
}

function mentioned({ connection, offer }: Agreement): readonly string[] {
  const { terms, groups = [], openings = [] } = offer ?? {}
  return [
    connection.maximum,
    ...(terms ? [terms.maximum] : []),
    ...groups,
    ...openings.flatMap(({ role, organization }) => [role ?? [], organization ?? []].flat()),
  ]
}
