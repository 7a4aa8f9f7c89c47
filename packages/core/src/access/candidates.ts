import type { UserId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { AccountRows } from './rows/account-rows.ts'
import { isExternal, noMember } from './rows/member-code.ts'

/** Sorted once for as long as an account's members stay the same. */
const sorted = new WeakMap<
  Uint32Array,
  { readonly members: readonly UserId[]; readonly home: readonly UserId[] }
>()

/** Everybody who could have any access to an account, by id in ascending order: its members, and its guests' people. */
export function candidatesOf(directory: Directory, { rows }: AccountIndex): readonly UserId[] {
  const guests = new Set(rows.connections.flatMap((connection) => connection?.guest ?? []))
  const lists = [...guests].flatMap((guest) => {
    const index = directory.account(guest)
    return index ? [peopleOf(index.rows).home] : []
  })
  const { members } = peopleOf(rows)
  return lists.length === 0 ? members : [...new Set([members, ...lists].flat())].sort()
}

function peopleOf(rows: AccountRows) {
  const known = sorted.get(rows.members)
  if (known) return known

  const members: UserId[] = []
  const home: UserId[] = []
  rows.members.forEach((code, user) => {
    if (code === noMember) return
    members.push(rows.names.users.id(user))
    if (!isExternal(code)) home.push(rows.names.users.id(user))
  })
  const people = { members: members.sort(), home }
  sorted.set(rows.members, people)
  return people
}
