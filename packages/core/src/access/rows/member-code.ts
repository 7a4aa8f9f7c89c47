import type { AccountId, UserId } from '../../id.ts'
import type { Member } from '../../user/member.ts'
import type { Names } from './names.ts'

const present = 1
const external = 2
const suspended = 4
const flags = 3

/** A member in one number: flags, and the number of the home account above them. */
export type MemberCode = number

export const noMember: MemberCode = 0

export function encodeMember(accounts: Names<AccountId>, { kind, status, home }: Member): MemberCode {
  return (
    present |
    (kind === 'external' ? external : 0) |
    (status === 'suspended' ? suspended : 0) |
    (accounts.number(home) << flags)
  )
}

export function decodeMember(accounts: Names<AccountId>, user: UserId, code: MemberCode): Member {
  return {
    user,
    kind: isExternal(code) ? 'external' : 'home',
    status: isSuspended(code) ? 'suspended' : 'active',
    home: homeOf(accounts, code),
  }
}

export function homeOf(accounts: Names<AccountId>, code: MemberCode): AccountId {
  return accounts.id(code >>> flags)
}

export function isExternal(code: MemberCode): boolean {
  return (code & external) !== 0
}

export function isSuspended(code: MemberCode): boolean {
  return (code & suspended) !== 0
}

/** Whether this is the member's home account, and they are not suspended there. */
export function isActiveAtHome(code: MemberCode): boolean {
  return (code & (present | external | suspended)) === present
}
