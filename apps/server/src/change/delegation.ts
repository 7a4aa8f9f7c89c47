import { decide, type AccountId, type ConnectionId, type Directory, type UserId } from '@keyholder/core'
import type { ChangeCall } from './change-call.ts'

/** The way through which somebody from another account acts: what they do stands in both accounts' logs. */
export interface Delegation {
  readonly connection: ConnectionId
  readonly home: AccountId
}

/** The connection that lets a person do what they ask for, where nothing that they hold themselves would. */
export function delegationOf(
  directory: Directory,
  at: number,
  { caller, account, organization, endpoint: { access } }: ChangeCall,
): Delegation | undefined {
  if (caller.kind !== 'person' || !account || caller.home === account.id) return undefined

  const { user, home } = caller
  const permission = typeof access === 'string' ? '' : access.permission
  const place = typeof access !== 'string' && access.at !== 'account' ? organization : undefined
  const { because } = decide(directory, { user, permission, account: account.id, organization: place, at })
  if (because.some(({ through }) => through === undefined)) return undefined

  const connection = because[0]?.through?.connection ?? connectionInto(directory, account.id, user, home)
  return connection && { connection, home }
}

/** How somebody who is no member came in, where no permission tells. */
function connectionInto(
  directory: Directory,
  account: AccountId,
  user: UserId,
  home: AccountId,
): ConnectionId | undefined {
  const index = directory.account(account)
  if (!index || index.member(user)) return undefined
  return index.rows.connections.find((one) => one?.status === 'active' && one.guest === home)?.id
}
