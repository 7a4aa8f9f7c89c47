import { refuse, succeed, type AccountId, type Member, type Result, type UserId } from '@keyholder/core'
import { findPersonIn, type Tx } from '@keyholder/storage'
import { memberNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import { memberForm } from './member-form.ts'

/** The member that a path names, as they stand at this moment. */
export async function memberInPath(
  scene: Scene,
  account: AccountId,
  name: string,
): Promise<Result<Member, { readonly code: 'not_found' }>> {
  const index = scene.index(account)
  const user = await memberNamed(scene.tx, index, name, '/user')
  const member = user.ok ? index.member(user.value) : undefined
  return member ? succeed(member) : refuse({ code: 'not_found' })
}

/** Answers with a member as they stand after the change. */
export async function shownMember<const Status extends number>(
  status: Status,
  tx: Tx,
  account: AccountId,
  user: UserId,
) {
  const person = await findPersonIn(tx, account, user)
  if (!person) throw new Error('a member who was just written is not there')
  return answer(status, memberForm(person), { version: person.version })
}
