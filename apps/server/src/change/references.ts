import {
  refuse,
  succeed,
  type AccountId,
  type AccountIndex,
  type ConnectionId,
  type GroupId,
  type OrganizationId,
  type Result,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import { organizationsNamed, usersNamed, type Tx } from '@keyholder/storage'
import { formsOf, whoIsNamed } from '../access/question/who-is-named.ts'

/** A field names something that is not there, or not in this account. */
export interface ReferenceUnknown {
  readonly code: 'reference_unknown'
  readonly pointer: string
}

type Found<Id> = Result<Id, ReferenceUnknown>

/** The role of this id or key: a built-in one, or a custom one of the account. */
export function roleNamed({ rows }: AccountIndex, name: string, pointer: string): Found<RoleId> {
  const found =
    rows.blueprint.role.get(name) ?? rows.roles.find((role) => role?.id === name || role?.key === name)
  return found ? succeed(found.id) : refuse({ code: 'reference_unknown', pointer })
}

/** The group of this id or key. */
export function groupNamed({ rows }: AccountIndex, name: string, pointer: string): Found<GroupId> {
  const found = rows.groups.find((group) => group?.id === name || group?.key === name)
  return found ? succeed(found.id) : refuse({ code: 'reference_unknown', pointer })
}

/** The connection of this id, in which the account is the host. */
export function connectionNamed(index: AccountIndex, name: string, pointer: string): Found<ConnectionId> {
  const found = index.connection(name as ConnectionId)
  return found ? succeed(found.id) : unknownAt(pointer)
}

/** The organizations of these ids or keys, in the same order. */
export async function organizationsNamedIn(
  tx: Tx,
  index: AccountIndex,
  names: readonly string[],
  pointer: (place: number) => string,
): Promise<Found<readonly OrganizationId[]>> {
  const keys = names.filter((name) => !index.hasOrganization(name as OrganizationId))
  const byKey =
    keys.length === 0 ? new Map<string, OrganizationId>() : await organizationsNamed(tx, index.id, keys)
  const ids = names.map((name) => byKey.get(name) ?? (name as OrganizationId))
  const unknown = ids.findIndex((id) => !index.hasOrganization(id))
  return unknown < 0 ? succeed(ids) : refuse({ code: 'reference_unknown', pointer: pointer(unknown) })
}

/** The member of this id, e-mail or external id; somebody who is not a member of the account is unknown here. */
export async function memberNamed(
  tx: Tx,
  index: AccountIndex,
  name: string,
  pointer: string,
): Promise<Found<UserId>> {
  const found = await membersNamed(tx, index, [name], () => pointer)
  const [user] = found.ok ? found.value : []
  return user ? succeed(user) : unknownAt(pointer)
}

/** The members of these ids, e-mails or external ids, in the same order. */
export async function membersNamed(
  tx: Tx,
  index: AccountIndex,
  names: readonly string[],
  pointer: (place: number) => string,
): Promise<Found<readonly UserId[]>> {
  const others = names.filter((name) => !index.member(name as UserId))
  const candidates =
    others.length === 0 ? [] : await usersNamed(tx, index.id, noGuests, others.flatMap(formsOf))
  const members = candidates.filter(({ user }) => index.member(user))
  const users: UserId[] = []
  for (const [place, name] of names.entries()) {
    const who = index.member(name as UserId) ?? whoIsNamed(name, index.id, new Set(noGuests), members)
    if (typeof who === 'string') return unknownAt(pointer(place))
    users.push(who.user)
  }
  return succeed(users)
}

/** The refusal of a name at this place, the same whether nothing has it or only the caller may not know of it. */
export function unknownAt(pointer: string) {
  return refuse({ code: 'reference_unknown' as const, pointer })
}

const noGuests: readonly AccountId[] = []
