import {
  refuse,
  succeed,
  superuserKey,
  type AccountId,
  type Blueprint,
  type Email,
  type EventActor,
  type EventId,
  type GrantId,
  type Language,
  type Result,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import {
  appendEvents,
  databaseTime,
  findAccount,
  findUserByEmail,
  insertAccount,
  insertUser,
  Overtaken,
  writeChanges,
  type Tx,
} from '@keyholder/storage'
import type { NewId } from '../new-id.ts'

export interface Founding {
  readonly slug: string
  readonly name: string
  readonly certifiedProvider?: boolean | undefined
  /** The first person: superuser of the account that is theirs. */
  readonly superuser: {
    readonly email: Email
    readonly name?: string | undefined
    readonly language?: Language | undefined
    readonly verifiedAt?: Date | undefined
  }
}

export interface Founded {
  readonly account: AccountId
  readonly user: UserId
}

export type FoundingRefusal = { readonly code: 'account_slug_taken' } | { readonly code: 'email_taken' }

interface By {
  /** Left out where the first person makes it for themselves. */
  readonly actor?: EventActor | undefined
  readonly requestId: string
}

/**
 * Makes an account with its first superuser, so that no account is ever without one.
 *
 * Takes a transaction of the whole deployment. Nothing is written where it is refused.
 */
export async function foundAccount(
  tx: Tx,
  { blueprint, newId }: { readonly blueprint: Blueprint; readonly newId: NewId },
  { slug, name, certifiedProvider, superuser }: Founding,
  { actor, requestId }: By,
): Promise<Result<Founded, FoundingRefusal>> {
  // The slug is looked for last: whoever sees the other one's person then sees their account too.
  const owner = await findUserByEmail(tx, superuser.email)
  if (await findAccount(tx, slug)) return refuse({ code: 'account_slug_taken' })
  if (owner) return refuse({ code: 'email_taken' })

  const account = newId<AccountId>('account')
  const user = newId<UserId>('user')
  const isMade =
    (await insertAccount(tx, { id: account, slug, name, certifiedProvider: certifiedProvider ?? false })) &&
    (await insertUser(tx, { id: user, home: account, ...superuser }))
  if (!isMade) throw new Overtaken('somebody took the slug or the address at this very moment')

  await writeChanges(tx, blueprint, account, [
    { kind: 'member_set', member: { user, kind: 'home', status: 'active', home: account } },
    {
      kind: 'grant_set',
      grant: {
        id: newId<GrantId>('grant'),
        subject: { kind: 'user', id: user },
        role: superuserKey as RoleId,
      },
    },
  ])
  await appendEvents(tx, [
    {
      id: newId<EventId>('event'),
      at: await databaseTime(tx),
      action: 'account.create',
      outcome: 'done',
      actor: actor ?? { kind: 'person', user },
      target: { type: 'account', id: account },
      accounts: [account],
      after: { slug, name, superuser: user },
      request: requestId,
    },
  ])
  return succeed({ account, user })
}
