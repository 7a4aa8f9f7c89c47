import { normaliseEmail, refuse, type EventContent, type EventId } from '@keyholder/core'
import { confirmPasswordReset, requestPasswordReset } from '@keyholder/contract'
import {
  appendEvents,
  databaseTime,
  dropOneTimeTokens,
  endSessionsOf,
  findOneTimeToken,
  findSignIn,
  findUser,
  holdCredentials,
  replaceOneTimeToken,
  saveMails,
  savePassword,
  takeOneTimeToken,
  transaction,
  updateUser,
  type OneTimeToken,
  type SignInFacts,
  type Tx,
  type User,
} from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { choosePassword, namesAround } from '../password/choose-password.ts'
import { newSecretToken, secretHash } from '../http/secret-token.ts'
import { resetLife } from '../password/reset-life.ts'
import { forgiveGuesses, takeTurn } from '../session/attempt-limits.ts'
import { policyOf } from '../session/policy-of.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'passwords' | 'publicUrl' | 'afterAnswer'>

/** Links that are sent in a quarter of an hour: to one address, and at the request of one place in the network. */
const mostLinks = 5
const mostLinksFrom = 100

/**
 * Sets a new password by a link in a mail.
 *
 * The request for it is answered before anything is looked up, so that nobody learns from it who has a login.
 */
export function bindPasswordReset(bind: Bind, deps: Deps): void {
  bind(requestPasswordReset, async ({ body, browser, requestId }) => {
    deps.afterAnswer.run('a mail with a link for a new password', () =>
      sendLink(deps, body.email, { from: browser.address, requestId }),
    )
    return answer(202, undefined)
  })

  bind(confirmPasswordReset, async ({ body, requestId }) => {
    const tokenHash = secretHash(body.token)
    const owner = await transaction(deps.db, 'deployment', (tx) => ownerOf(tx, deps, tokenHash), {
      readOnly: true,
    })
    if (!owner) return refuse({ code: 'reset_link_dead' })
    const chosen = await choosePassword(deps.passwords, body.password, owner)
    if (!chosen.ok) return chosen

    return transaction(deps.db, 'deployment', async (tx) => {
      const link = await takeOneTimeToken(tx, tokenHash, 'password_reset')
      const person = link && (await stillTheirs(tx, link))
      if (!person) return refuse({ code: 'reset_link_dead' })
      await setPassword(tx, deps, person, { hash: chosen.value, requestId })
      return answer(204, undefined)
    })
  })
}

async function sendLink(
  { db, newId }: Deps,
  typed: string,
  { from, requestId }: { readonly from: string; readonly requestId: string },
): Promise<void> {
  const email = normaliseEmail(typed)
  if (!email.ok) return
  await transaction(db, 'deployment', async (tx) => {
    for (const turn of [
      { of: 'password_reset_from', by: from, most: mostLinksFrom },
      { of: 'password_reset', by: email.value, most: mostLinks },
    ]) {
      if (!(await takeTurn(tx, turn)).ok) return
    }
    const found = await findSignIn(tx, { email: email.value })
    const person = found && (await findUser(tx, found.user))
    if (!person || !mayReset(found, person)) return

    const { token, tokenHash } = newSecretToken('khr')
    const link = { user: person.id, email: person.email, tokenHash, life: resetLife }
    const expiresAt = await replaceOneTimeToken(tx, { ...link, purpose: 'password_reset' })
    const { language, name = null } = person
    const letter = { template: 'password_reset', language, name, token } as const
    const to = { account: person.home, recipient: person.email }
    await saveMails(tx, [outgoingMail(newId, to, { ...letter, expires_at: expiresAt.toISOString() })])
    await appendEvents(tx, [
      {
        ...(await aboutReset(tx, newId, person, requestId)),
        action: 'password_reset.request',
        actor: { kind: 'anonymous' },
      },
    ])
  })
}

/** Whoever has a password under an address that nobody has proved may have mistyped it: it is somebody else's then. */
function mayReset({ isActive, passwordHash }: SignInFacts, { verifiedAt }: User): boolean {
  return isActive && (verifiedAt !== undefined || passwordHash === undefined)
}

async function ownerOf(tx: Tx, { publicUrl }: Deps, tokenHash: string) {
  const link = await findOneTimeToken(tx, tokenHash, 'password_reset')
  const found = link && (await findSignIn(tx, { user: link.user }))
  if (!found) return undefined
  const homePolicy = policyOf(found.homeSettings)
  return { homePolicy, names: await namesAround(tx, { ...found, homePolicy }, publicUrl) }
}

/** The person of a link that was sent to the address that is still theirs. */
async function stillTheirs(tx: Tx, { user, email }: OneTimeToken): Promise<User | undefined> {
  await holdCredentials(tx, user)
  const person = await findUser(tx, user)
  return person?.email === email ? person : undefined
}

async function setPassword(
  tx: Tx,
  { newId }: Deps,
  person: User,
  { hash, requestId }: { readonly hash: string; readonly requestId: string },
): Promise<void> {
  await savePassword(tx, person.id, hash)
  await endSessionsOf(tx, person.id)
  await dropOneTimeTokens(tx, person.id, 'password_reset')
  // Whoever knew the old password may have asked for it.
  await dropOneTimeTokens(tx, person.id, 'email_change')
  await forgiveGuesses(tx, 'password', person.email)
  const about = await aboutReset(tx, newId, person, requestId)
  const at = new Date(about.at)
  // Whoever opened the link reads this address's mail.
  if (person.verifiedAt === undefined) await updateUser(tx, { ...person, verifiedAt: at })
  const { language, name = null } = person
  await saveMails(tx, [
    outgoingMail(
      newId,
      { account: person.home, recipient: person.email },
      { template: 'password_changed', language, name, at: at.toISOString() },
    ),
  ])
  await appendEvents(tx, [
    { ...about, action: 'password_reset.confirm', actor: { kind: 'person', user: person.id } },
  ])
}

async function aboutReset(
  tx: Tx,
  newId: Deps['newId'],
  { id, home }: User,
  request: string,
): Promise<Omit<EventContent, 'action' | 'actor'>> {
  const at = await databaseTime(tx)
  const target = { type: 'user', id }
  return { id: newId<EventId>('event'), at, outcome: 'done', target, accounts: [home], request }
}
