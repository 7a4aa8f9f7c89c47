import {
  beyondOf,
  refuse,
  succeed,
  type AccountIndex,
  type Actor,
  type Directory,
  type Member,
  type Result,
  type ScopedPermissions,
  type UserId,
} from '@keyholder/core'
import type { Tx } from '@keyholder/storage'
import { memberNamed } from '../change/references.ts'

interface Judged {
  readonly directory: Directory
  readonly index: AccountIndex
  readonly at: number
  readonly actor: Actor
}

type NotInHand =
  | { readonly code: 'not_found' }
  | { readonly code: 'member_from_elsewhere' }
  | {
      readonly code: 'member_protected'
      readonly member: UserId
      readonly beyond: readonly ScopedPermissions[]
    }

/** Somebody whose sign-in the actor may look after: at home here, and with nothing that the actor does not hold. */
export async function personInHand(
  tx: Tx,
  { directory, index, at, actor }: Judged,
  name: string,
): Promise<Result<UserId, NotInHand>> {
  const named = await memberNamed(tx, index, name, '/user')
  const member: Member | undefined = named.ok ? index.member(named.value) : undefined
  if (!member) return refuse({ code: 'not_found' })
  if (member.kind === 'external') return refuse({ code: 'member_from_elsewhere' })
  const beyond = beyondOf(directory, { actor, account: index.id, at }, member.user)
  return beyond.length === 0
    ? succeed(member.user)
    : refuse({ code: 'member_protected', member: member.user, beyond })
}
