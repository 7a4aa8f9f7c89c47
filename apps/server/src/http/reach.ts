import {
  has,
  intersection,
  isEmpty,
  type AccountId,
  type OrganizationId,
  type PermissionSet,
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

/** What a caller may do in an account: a key within its scopes and its maker's access, a person as a person. */
export function reachOf(view: View, caller: Caller, account: AccountId): Reach {
  if (caller.kind === 'operator') return caller.opens === 'everything' ? unbounded : nothing

  const known = knows(view, caller, account)
  const held = (organization?: OrganizationId) => heldBy(view, caller, account, organization)
  const may = (permission: string, organization?: OrganizationId) => {
    const declared = view.blueprint.permission.get(permission)
    if (!known || !declared) return false
    return has(held(declared.level === 'account' ? undefined : organization), declared.bit)
  }
  return {
    known,
    may,
    enters: (organization) => known && !isEmpty(held(organization)),
    where: (permission) =>
      may(permission) ? 'everywhere' : view.organizations(account).filter((o) => may(permission, o)),
  }
}

function knows(view: View, caller: Exclude<Caller, { kind: 'operator' }>, account: AccountId): boolean {
  if (caller.kind === 'person') return view.knows(account, caller.user)
  if (caller.account !== account) return false
  return caller.maker === undefined || view.knows(account, caller.maker.user)
}

function heldBy(
  view: View,
  caller: Exclude<Caller, { kind: 'operator' }>,
  account: AccountId,
  organization: OrganizationId | undefined,
): PermissionSet {
  if (caller.kind === 'person') return view.effective(caller.user, account, organization)
  if (caller.maker === undefined) return caller.scopes
  return intersection(caller.scopes, view.effective(caller.maker.user, account, organization))
}

const unbounded: Reach = { known: true, may: () => true, enters: () => true, where: () => 'everywhere' }
const nothing: Reach = { known: false, may: () => false, enters: () => false, where: () => [] }
