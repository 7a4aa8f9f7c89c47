import type { AccountId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { PermissionSet } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import { ActorAccess } from './actor-access.ts'
import type { Actor } from './actor.ts'
import { stakesOf } from './at-stake.ts'
import { faultInChange } from './change-integrity.ts'
import type { ChangeRefusal, ScopedPermissions } from './change-refusal.ts'
import type { Directory } from './directory.ts'
import { EvolvingAccount } from './evolving-account.ts'
import { endangersSuperusers, superuserhood } from './last-superuser.ts'
import { isTheGuestsToChange } from './guest-changes.ts'
import { lengthenedAccess, type Lengthening } from './lengthened-access.ts'
import { stakesOfMember } from './stake.ts'

/** Changes that somebody wants to make to an account. */
export interface ChangeRequest {
  readonly actor: Actor
  readonly account: AccountId
  readonly changes: readonly AccessChange[]
  /** The moment, in milliseconds since 1970, database time. */
  readonly at: number
  /**
   * The guest account for which the actor acts upon a connection of `account`. It can end the connection, narrow it
   * and choose its delegates, holding nothing there; everything else is the host's.
   */
  readonly actingFor?: AccountId | undefined
}

/**
 * Whether these changes may be made, all or none; the account after them, where they may.
 *
 * Refused is a change that puts at stake what its actor did not hold before the whole list, so that nobody climbs by
 * steps, nor puts off an end that was set to their own access (law 5); a change after which something would mean
 * nothing; and a list that leaves the account without an active superuser where it had one (law 6). Whether the actor may make changes of such a kind at all is asked
 * elsewhere, as the permission of the endpoint.
 */
export function judgeChanges(
  directory: Directory,
  request: ChangeRequest,
): Result<{ readonly after: AccountIndex }, ChangeRefusal> {
  const { actor, account, changes, at } = request
  const before = directory.account(account)
  if (!before) throw new Error(`The account ${account} is not at hand`)

  const evolving = new EvolvingAccount(before)
  const access = new ActorAccess(directory, actor, account, at)
  let isEndangered = false
  for (const [place, change] of changes.entries()) {
    const refusal = refusalOf({ directory, access, request, index: evolving.index }, change, place)
    if (refusal) return refuse(refusal)
    isEndangered ||= endangersSuperusers(evolving.index, change)
    evolving.apply(change)
  }
  if (isEndangered && superuserhood(evolving.index, at) < superuserhood(before, at)) {
    return refuse({ code: 'last_superuser' })
  }
  const after = before.withChanges(changes)
  const lengthening = lengtheningOf(directory, after, request)
  return lengthening ? refuse({ code: 'own_access_lengthened', ...lengthening }) : succeed({ after })
}

/** Only of the actor's own access: how long somebody else's lasts is for whoever holds it to say. */
function lengtheningOf(
  directory: Directory,
  after: AccountIndex,
  { actor, account, changes, at }: ChangeRequest,
): Lengthening | undefined {
  const user = actor.kind === 'person' ? actor.user : actor.kind === 'key' ? actor.madeBy : undefined
  if (user === undefined) return undefined
  const changed: Directory = {
    blueprint: directory.blueprint,
    account: (id) => (id === account ? after : directory.account(id)),
  }
  return lengthenedAccess({ before: directory, after: changed, account, changes, user, at })
}

/**
 * What of a member's access goes beyond the actor; nothing means that the actor may touch the member.
 *
 * For what is done to people without changing their access: resetting credentials, ending sessions, editing a name.
 */
export function beyondOf(
  directory: Directory,
  { actor, account, at }: Pick<ChangeRequest, 'actor' | 'account' | 'at'>,
  user: UserId,
): readonly ScopedPermissions[] {
  const index = directory.account(account)
  if (!index) throw new Error(`The account ${account} is not at hand`)
  if (actor.kind === 'person' && actor.user === user) return []
  const stakes = stakesOfMember({ blueprint: directory.blueprint, index, at }, user)
  return new ActorAccess(directory, actor, account, at).beyond(stakes)
}

/** Whether an API key may have these scopes: only what its maker holds over the whole account. */
export function judgeKeyScopes(
  directory: Directory,
  { actor, account, at }: Pick<ChangeRequest, 'actor' | 'account' | 'at'>,
  scopes: PermissionSet,
): Result<
  PermissionSet,
  { readonly code: 'key_beyond_own_access'; readonly beyond: readonly ScopedPermissions[] }
> {
  const beyond = new ActorAccess(directory, actor, account, at).beyond([{ permissions: scopes }])
  return beyond.length === 0 ? succeed(scopes) : refuse({ code: 'key_beyond_own_access', beyond })
}

interface Judgement {
  readonly directory: Directory
  readonly access: ActorAccess
  readonly request: ChangeRequest
  /** The account before this change. */
  readonly index: AccountIndex
}

function refusalOf(judgement: Judgement, change: AccessChange, place: number): ChangeRefusal | undefined {
  const { directory, access, request, index } = judgement
  const { actor, at } = request
  const isOperator = actor.kind === 'operator'
  const fault = faultInChange({ directory, index, at, isOperator }, change)
  if (fault) return { ...fault, change: place }
  if (isGuests(request)) {
    return isTheGuestsToChange(index, request.actingFor, change)
      ? undefined
      : { code: 'not_the_guests_to_change', change: place }
  }
  if (isLeaving(actor, change)) return undefined

  const beyond = access.beyond(stakesOf({ blueprint: directory.blueprint, index, at }, change))
  if (beyond.length === 0) return undefined
  if (change.kind === 'member_set')
    return { code: 'member_protected', change: place, member: change.member.user, beyond }
  if (change.kind === 'member_removed')
    return { code: 'member_protected', change: place, member: change.user, beyond }
  return { code: 'beyond_own_access', change: place, beyond }
}

/** Everybody may leave, whatever they hold. */
function isLeaving(actor: Actor, change: AccessChange): boolean {
  return actor.kind === 'person' && change.kind === 'member_removed' && change.user === actor.user
}

function isGuests(request: ChangeRequest): request is ChangeRequest & { readonly actingFor: AccountId } {
  return request.actingFor !== undefined && request.actingFor !== request.account
}
