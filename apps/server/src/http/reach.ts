import {
  effective,
  has,
  intersection,
  isCurrent,
  isEmpty,
  type AccountId,
  type OrganizationId,
  type PermissionSet,
  type UserId,
} from '@keyholder/core'
import type { Caller } from './caller.ts'
import type { View } from './view.ts'

/** Where in one account a caller holds which permission, at one moment. */
export interface Reach {
  /** Whether the caller has anything to do with the account; nobody else learns that it exists. */
  readonly known: boolean
  /** In an organization, or over the whole account where none is named. */
  may(permission: string, organization?: OrganizationId): boolean
  /** Whether the caller holds anything at all in an organization; nobody else learns that it exists. */
  enters(organization: OrganizationId): boolean
  /** Every organization, or those in which the caller holds the permission. */
  where(permission: string): 'everywhere' | readonly OrganizationId[]
}

/** As much of a caller as decides what they may do; also somebody else than the caller can be asked about. */
export type Asker =
  | Pick<Extract<Caller, { kind: 'operator' }>, 'kind' | 'opens'>
  | Pick<Extract<Caller, { kind: 'key' }>, 'kind' | 'account' | 'scopes' | 'maker'>
  | Pick<Extract<Caller, { kind: 'person' }>, 'kind' | 'user' | 'home'>
  | Pick<Extract<Caller, { kind: 'support' }>, 'kind' | 'account' | 'permissions'>

type Bounded = Exclude<Asker, { kind: 'operator' }>

/**
 * What a caller may do in an account: a key within its scopes and its maker's access, a person as a person, staff what
 * their support access opens in its one account, and nothing in any other.
 */
export function reachOf(view: View, caller: Asker, account: AccountId): Reach {
  if (caller.kind === 'operator') return caller.opens === 'everything' ? unbounded : nothing

  const { blueprint } = view.directory
  const known = isKnown(view, caller, account)
  const held = (organization?: OrganizationId) => heldBy(view, caller, account, organization)
  const may = (permission: string, organization?: OrganizationId) => {
    const declared = blueprint.permission.get(permission)
    if (!known || !declared) return false
    return has(held(declared.level === 'account' ? undefined : organization), declared.bit)
  }
  return {
    known,
    may,
    enters: (organization) => known && !isEmpty(held(organization)),
    where: (permission) =>
      may(permission)
        ? 'everywhere'
        : (view.directory.account(account)?.organizations() ?? []).filter((organization) =>
            may(permission, organization),
          ),
  }
}

/** Whether an account is any of this caller's business. */
function isKnown(view: View, caller: Bounded, account: AccountId): boolean {
  if (caller.kind === 'person') return isFamiliar(view, caller, account)
  if (caller.account !== account) return false
  if (caller.kind === 'support') return true
  return caller.maker === undefined || isFamiliar(view, caller.maker, account)
}

/** Whether a person is an active member of an account, or comes in through a connection at this moment. */
function isFamiliar(
  { directory, at }: View,
  { user, home }: { readonly user: UserId; readonly home: AccountId },
  account: AccountId,
): boolean {
  const index = directory.account(account)
  const atHome = directory.account(home)
  if (!index || atHome?.member(user)?.status !== 'active') return false

  const member = index.member(user)
  if (member) return member.status === 'active'
  if (atHome.status === 'suspended') return false
  return index.rows.connections.some(
    (connection) =>
      connection?.status === 'active' &&
      connection.guest === home &&
      isCurrent(connection, at) &&
      (connection.delegates === 'everyone' ||
        atHome.groupsOf({ kind: 'user', id: user }).includes(connection.delegates)),
  )
}

function heldBy(
  { directory, at }: View,
  caller: Bounded,
  account: AccountId,
  organization: OrganizationId | undefined,
): PermissionSet {
  if (caller.kind === 'support') return caller.permissions
  if (caller.kind === 'person') return effective(directory, caller.user, account, organization, at)
  if (caller.maker === undefined) return caller.scopes
  return intersection(caller.scopes, effective(directory, caller.maker.user, account, organization, at))
}

const unbounded: Reach = { known: true, may: () => true, enters: () => true, where: () => 'everywhere' }
const nothing: Reach = { known: false, may: () => false, enters: () => false, where: () => [] }
