import {
  refuse,
  succeed,
  type AccountId,
  type Blueprint,
  type Invitation,
  type Result,
} from '@keyholder/core'
import * as storage from '@keyholder/storage'
import { findAnswerable, type Answerable } from '../change/author.ts'
import type { Caller } from '../http/caller.ts'
import { secretHash } from '../http/secret-token.ts'

/** An invitation in the hands of its addressee. */
export interface Opened {
  readonly invitation: Invitation
  readonly account: storage.Account
  /** The login of the addressee; left out where they have none yet. */
  readonly login: storage.User | undefined
  /** Whether the addressee themself is here, or only the deployment that vouches for whoever has the link. */
  readonly isPresent: boolean
  readonly inviter: { readonly email: string; readonly name: string | undefined } | undefined
  /** Who answers for what is offered; left out where they are gone. */
  readonly answerable: Answerable | undefined
  readonly at: number
}

type NotOpened = { readonly code: 'deployment_only' } | { readonly code: 'invitation_not_found' }

interface Deps {
  readonly db: storage.Database
  readonly blueprint: Blueprint
}

/**
 * The invitation that a link's token is of, where the caller is its addressee.
 *
 * Everybody else gets the one answer that a made-up token gets, after the same look-ups. A key of an account speaks
 * for nobody's mailbox, and is refused whatever the token.
 */
export async function openInvitation(
  { db, blueprint }: Deps,
  caller: Caller,
  token: string,
): Promise<Result<Opened, NotOpened>> {
  const isOwner = caller.kind === 'operator' && caller.opens === 'everything'
  if (caller.kind !== 'person' && !isOwner) return refuse({ code: 'deployment_only' })

  return storage.transaction(
    db,
    'deployment',
    async (tx) => {
      const stored = await storage.findInvitationByToken(tx, secretHash(token))
      const person = caller.kind === 'person' ? await storage.findUser(tx, caller.user) : undefined
      const isAddressee =
        isOwner || (person?.verifiedAt !== undefined && person.email === stored?.invitation.email)
      if (!stored || !isAddressee) return refuse({ code: 'invitation_not_found' as const })
      return succeed(await opened(tx, blueprint, stored.invitation, person))
    },
    { readOnly: true },
  )
}

/** The invitation that a link's token is of, for whoever has the link: that alone shows that the address is theirs. */
export async function openByLink(
  { db, blueprint }: Deps,
  token: string,
): Promise<Result<Opened, { readonly code: 'invitation_not_found' }>> {
  return storage.transaction(
    db,
    'deployment',
    async (tx) => {
      const stored = await storage.findInvitationByToken(tx, secretHash(token))
      if (!stored) return refuse({ code: 'invitation_not_found' as const })
      return succeed(await opened(tx, blueprint, stored.invitation, undefined))
    },
    { readOnly: true },
  )
}

async function opened(
  tx: storage.Tx,
  blueprint: Blueprint,
  invitation: Invitation,
  person: storage.User | undefined,
): Promise<Opened> {
  const at = await storage.databaseTime(tx)
  return {
    invitation,
    account: await accountOf(tx, invitation.account),
    login: person ?? (await storage.findUserByEmail(tx, invitation.email)),
    isPresent: person !== undefined,
    inviter: await inviterOf(tx, invitation),
    answerable: await findAnswerable(tx, blueprint, invitation.account, invitation.invitedBy, at),
    at,
  }
}

async function accountOf(tx: storage.Tx, id: AccountId): Promise<storage.Account> {
  const account = await storage.readAccount(tx, id)
  if (!account) throw new Error('an invitation is of an account that is not there')
  return account
}

async function inviterOf(tx: storage.Tx, { invitedBy }: Invitation): Promise<Opened['inviter']> {
  const person = invitedBy.kind === 'person' ? await storage.findUser(tx, invitedBy.id) : undefined
  return person && { email: person.email, name: person.name }
}
