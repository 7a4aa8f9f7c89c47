import type { AccountId, Author, Email, InvitationId } from '@keyholder/core'
import * as storage from '@keyholder/storage'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import { invitationForm } from './invitation-form.ts'

const day = 86_400_000
/** The longest that an invitation lives where the account says nothing else. */
const usualMaximum = 30

/** What making or sending an invitation needs to know of its account and of whoever does it. */
export interface Sending {
  readonly account: storage.Account
  /** In milliseconds. */
  readonly maximumLife: number
  readonly inviter: { readonly name: string | undefined; readonly email: string } | undefined
}

export async function sendingFrom(tx: storage.Tx, id: AccountId, author: Author): Promise<Sending> {
  const account = await storage.readAccount(tx, id)
  if (!account) throw new Error('an account that is locked is not there')
  const days = account.settings.invitation_days
  const person = author.kind === 'person' ? await storage.findUser(tx, author.id) : undefined
  return {
    account,
    maximumLife: (typeof days === 'number' ? days : usualMaximum) * day,
    inviter: person && { name: person.name, email: person.email },
  }
}

/** Whether this address is that of a member, and which invitation waits for its answer. */
export async function standingOf(tx: storage.Tx, scene: Scene, account: AccountId, email: Email) {
  const [found] = await storage.usersNamed(tx, account, [], [email])
  const open = await storage.findOpenInvitation(tx, account, email)
  return {
    isMember: found?.email === email && scene.index(account).member(found.user) !== undefined,
    open: open?.invitation.id,
  }
}

/** Answers with an invitation as it stands after the change. */
export async function shownInvitation<const Status extends number>(
  status: Status,
  tx: storage.Tx,
  account: AccountId,
  id: InvitationId,
) {
  const found = await writtenInvitation(tx, account, id)
  return answer(status, invitationForm(found), { version: found.version })
}

export async function writtenInvitation(
  tx: storage.Tx,
  account: AccountId,
  id: InvitationId,
): Promise<storage.ListedInvitation> {
  const found = await storage.describedInvitation(tx, account, id)
  if (!found) throw new Error('an invitation that was just written is not there')
  return found
}
