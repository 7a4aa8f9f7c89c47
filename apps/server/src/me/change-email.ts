import { normaliseEmail, refuse, type EventId } from '@keyholder/core'
import type { MessageOf } from '@keyholder/mail'
import { confirmEmailChange, requestEmailChange } from '@keyholder/contract'
import {
  changeEmail,
  closeChange,
  databaseTime,
  dropOneTimeTokens,
  endSessionsOf,
  findOneTimeToken,
  findSession,
  holdCredentials,
  lockAccounts,
  moveOf,
  replaceOneTimeToken,
  saveMails,
  takeOneTimeToken,
  transaction,
  type OneTimeToken,
  type Tx,
  type User,
} from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Call } from '../http/call.ts'
import { takeTurn } from '../session/attempt-limits.ts'
import { requireOwn, underNewToken } from '../session/rotate-own.ts'
import { undoingWhereSessionIsGone } from '../session/session-gone.ts'
import { newSecretToken, secretHash } from '../http/secret-token.ts'
import { emailLinkLife } from './email-link-life.ts'
import { myself, recordDeed } from './own-credentials.ts'
import { ownerOfLink } from './owner-of-link.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'blueprint' | 'replica'>

/** Links in a quarter of an hour: at the request of one person, and to one address. */
const mostLinks = 5

/**
 * Changes one's own address, once the mail of the new one was read.
 *
 * The link goes out whether or not somebody else has the new address, and is dead where they do: neither the answer
 * nor the time it takes tells who has a login.
 */
export function bindEmailChange(bind: Bind, deps: Deps): void {
  bind(requestEmailChange, async (call) => {
    const wanted = normaliseEmail(call.body.email)
    if (!wanted.ok) return wanted
    return undoingWhereSessionIsGone(() =>
      transaction(deps.db, 'deployment', async (tx) => {
        // In turn with what ends sessions and drops such links: none is left behind by a session that ended.
        await holdCredentials(tx, call.caller.user)
        await requireOwn(tx, call)
        const person = await myself(tx, call)
        for (const [of, by] of [
          ['email_change', person.id],
          ['email_change_to', wanted.value],
        ] as const) {
          const turn = await takeTurn(tx, { of, by, most: mostLinks })
          if (!turn.ok) return turn
        }
        await sendLink(tx, deps, person, wanted.value)
        await recordDeed(tx, deps, call, {
          action: 'email_change.request',
          target: { type: 'user', id: person.id },
          before: { email: person.email },
          after: { email: wanted.value },
        })
        return answer(202, undefined)
      }),
    )
  })

  bind(confirmEmailChange, async (call) => {
    const changed = await transaction(deps.db, 'deployment', (tx) => confirm(tx, deps, call))
    if (!changed) return refuse({ code: 'email_link_dead' })
    deps.replica.committed(changed.account, changed.revision, [])
    const { cookie } = changed
    return answer(204, undefined, cookie === undefined ? {} : { headers: { 'set-cookie': cookie } })
  })
}

async function sendLink(tx: Tx, { newId }: Deps, person: User, email: OneTimeToken['email']): Promise<void> {
  const { id, home, language, name = null } = person
  const { token, tokenHash } = newSecretToken('khm')
  const link = { user: id, email, tokenHash, life: emailLinkLife }
  const expiresAt = await replaceOneTimeToken(tx, { ...link, purpose: 'email_change' })
  const letter = { template: 'email_change_confirmation', language, name, token } as const
  await saveMails(tx, [
    outgoingMail(
      newId,
      { account: home, recipient: email },
      { ...letter, expires_at: expiresAt.toISOString() },
    ),
    await notice(tx, newId, person, { new_email: email, change: 'asked' }),
  ])
}

/** Changes the address, and tells under which revision of the home; nothing where the link is dead. */
async function confirm(tx: Tx, { newId, blueprint }: Deps, call: Call<typeof confirmEmailChange>) {
  const tokenHash = secretHash(call.body.token)
  const link = await findOneTimeToken(tx, tokenHash, 'email_change')
  const owner = link && (await ownerOfLink(tx, link))
  if (!owner) return undefined
  const account = owner.home
  // Held in the order in which every change of credentials holds them: the person, then the account.
  await holdCredentials(tx, owner.id)
  if (!(await takeOneTimeToken(tx, tokenHash, 'email_change'))) return undefined
  const { at, heads } = await lockAccounts(tx, [account])
  const person = await myself(tx, { caller: { user: owner.id } })
  const { email } = link
  if (!(await changeEmail(tx, { ...person, email, verifiedAt: new Date(at) }))) return undefined

  const told = { type: 'user', id: person.id }
  const revisions = await closeChange(tx, {
    // What is asked by the old address means nobody from now on.
    moves: [moveOf(blueprint, account, [])],
    heads,
    mails: [await notice(tx, newId, person, { new_email: email, change: 'done' })],
    events: [
      {
        id: newId<EventId>('event'),
        at,
        action: 'email.change',
        outcome: 'done',
        actor: { kind: 'person', user: person.id },
        target: told,
        accounts: [account],
        before: { email: person.email },
        after: { email },
        request: call.requestId,
      },
    ],
  })
  for (const purpose of ['password_reset', 'email_verification'] as const) {
    await dropOneTimeTokens(tx, person.id, purpose)
  }
  const own = await ownSession(tx, person, call.browser.sessionToken)
  await endSessionsOf(tx, person.id, own?.id)
  return { account, revision: revisions.get(account) as number, cookie: own?.cookie }
}

/** The session in which somebody opens the link, under a new token, where it is their own. */
async function ownSession(tx: Tx, { id }: User, token: string | undefined) {
  const carried = token === undefined ? undefined : await findSession(tx, secretHash(token))
  if (carried?.user !== id) return undefined
  const cookie = await underNewToken(tx, carried.id, token)
  return cookie === undefined ? undefined : { id: carried.id, cookie }
}

/** What the old address is told, which is the person's still. */
async function notice(
  tx: Tx,
  newId: Deps['newId'],
  person: User,
  told: Pick<MessageOf<'email_change_notice'>, 'new_email' | 'change'>,
) {
  const { home, email, language, name = null } = person
  const at = new Date(await databaseTime(tx)).toISOString()
  const to = { account: home, recipient: email }
  return outgoingMail(newId, to, { template: 'email_change_notice', language, name, at, ...told })
}
