import type { AccessChange } from '../access/access-change.ts'
import type { AccountId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Member } from '../user/member.ts'
import { createGrant, type GrantRefusal } from './change-grant.ts'
import type { Grant } from './grant.ts'

/**
 * Gives a role to somebody who has a login already, without an invitation: it is theirs at once.
 *
 * Somebody from elsewhere becomes an external user by it; they are told, and can leave.
 */
export function bindRole(
  person: { readonly user: UserId; readonly home: AccountId; readonly member: Member | undefined },
  grant: Omit<Grant, 'subject'>,
  context: { readonly account: AccountId; readonly held: readonly Grant[]; readonly now: number },
): Result<readonly AccessChange[], GrantRefusal | { readonly code: 'member_suspended' }> {
  const { user, home, member } = person
  if (member?.status === 'suspended') return refuse({ code: 'member_suspended' })

  const granted = createGrant({ ...grant, subject: { kind: 'user', id: user } }, context)
  if (!granted.ok || member) return granted
  const kind = home === context.account ? 'home' : 'external'
  return succeed([{ kind: 'member_set', member: { user, kind, status: 'active', home } }, ...granted.value])
}
