import { refuse, succeed, type AccountId, type SignInPolicy } from '@keyholder/core'
import { joinByInvitation } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { fromLookUp } from '../change/address-taken.ts'
import { changeAccess } from '../change/change-access.ts'
import { foundAccount } from '../change/found-account.ts'
import type { Bind } from '../http/bind.ts'
import type { Call, Reply } from '../http/call.ts'
import { choosePassword } from '../password/choose-password.ts'
import { takeTurn } from '../session/attempt-limits.ts'
import { policyOf } from '../session/policy-of.ts'
import { answerProven } from '../session/session-form.ts'
import { signInTerms, type SigningIn } from '../session/sign-in-terms.ts'
import { endCarried, startSession } from '../session/start-session.ts'
import { acceptancePlan, accountsOfAcceptance } from './accept-opened.ts'
import { openByLink, type Opened } from './find-by-token.ts'
import { secretHash } from '../http/secret-token.ts'
import { acceptingBy, policyOfNewHome, smallAccount } from './sign-up.ts'

type Join = Call<typeof joinByInvitation>
type Joined = Reply<typeof joinByInvitation>

/** How many join from one place in the network in a quarter of an hour. */
const mostFrom = 100

/**
 * Makes the logins of invitees by their own hands: the link shows that the address is theirs, and the login is of that
 * address, whatever else they send. Whoever has a login already has to sign in with it.
 */
export function bindJoining(bind: Bind, deps: AppDeps): void {
  bind(joinByInvitation, async (call) => {
    const turn = { of: 'invitation_join', by: call.browser.address, most: mostFrom }
    const taken = await storage.transaction(deps.db, 'deployment', (tx) => takeTurn(tx, turn))
    if (!taken.ok) return taken

    return fromLookUp(async () => {
      const opened = await openByLink(deps, call.body.token)
      if (!opened.ok) return opened
      if (opened.value.login) return refuse({ code: 'invitation_login_exists' })
      return call.body.accept ? joinAndAccept(deps, call, opened.value) : joinAlone(deps, call, opened.value)
    })
  })
}

async function joinAndAccept(deps: AppDeps, call: Join, opened: Opened): Promise<Joined> {
  const { name, language, account_name: accountName } = call.body
  const accepting = acceptingBy(opened, { name, language, account_name: accountName }, deps.newId)
  if (!accepting.ok) return accepting
  const homePolicy = policyOfNewHome(opened)
  const chosen = await chosenPassword(deps, call, opened, homePolicy)
  if (!chosen.ok) return chosen

  const { user, home, email } = accepting.value.invitee
  const caller = { kind: 'person', user, home, email } as const
  const asThem = { ...call, caller, account: undefined, organization: undefined }
  const concerned = accountsOfAcceptance(opened, accepting.value)
  const reply = await changeAccess(deps, asThem, concerned, async (scene) => {
    const planned = await acceptancePlan(scene, opened, accepting.value, call.body.token)
    if (!planned.ok) return planned
    const person = { user, home, email, homePolicy }
    // What the browser carried before may be of an account that is not in sight here.
    const browser = { ...call.browser, sessionToken: undefined }
    return succeed({
      ...planned.value,
      answer: (tx) => signIn(tx, deps, person, chosen.value, { ...call, browser }),
    })
  })
  const { sessionToken } = call.browser
  if ('finished' in reply && sessionToken !== undefined) {
    await storage.transaction(deps.db, 'deployment', (tx) => endCarried(tx, sessionToken))
  }
  return reply
}

/** A login with a small account, whatever has become of the invitation. */
async function joinAlone(deps: AppDeps, call: Join, opened: Opened): Promise<Joined> {
  const homePolicy = policyOf({})
  const chosen = await chosenPassword(deps, call, opened, homePolicy)
  if (!chosen.ok) return chosen

  return storage.transaction(deps.db, 'deployment', async (tx) => {
    const found = await storage.lockInvitation(tx, secretHash(call.body.token))
    if (!found) return refuse({ code: 'invitation_not_found' })
    const { email } = found.invitation
    const { name, language } = call.body
    const small = smallAccount(deps.newId<AccountId>('account'), email, call.body)
    const verifiedAt = new Date(await storage.databaseTime(tx))
    const founded = await foundAccount(
      tx,
      deps,
      { ...small, superuser: { email, name, language, verifiedAt } },
      { requestId: call.requestId },
    )
    if (!founded.ok) return refuse({ code: 'invitation_login_exists' })
    const { user, account: home } = founded.value
    return signIn(tx, deps, { user, home, email, homePolicy }, chosen.value, call)
  })
}

/** The hash of a password that is made neither of the person nor of the accounts that they are to be in. */
function chosenPassword(
  { passwords, publicUrl }: AppDeps,
  { body }: Join,
  { invitation, account }: Opened,
  homePolicy: SignInPolicy,
) {
  const theirs = [body.name, body.account_name].filter((name) => name !== undefined)
  const names = ['Keyholder', new URL(publicUrl).hostname, invitation.email, account.name, account.slug]
  return choosePassword(passwords, body.password, { homePolicy, names: [...names, ...theirs] })
}

async function signIn(
  tx: storage.Tx,
  deps: Pick<AppDeps, 'newId'>,
  person: SigningIn,
  hash: string,
  { browser, requestId }: Pick<Join, 'browser' | 'requestId'>,
) {
  await storage.savePassword(tx, person.user, hash)
  const terms = await signInTerms(tx, person)
  const proven = await startSession(tx, deps, person, { first: 'password' }, { browser, requestId, terms })
  return answerProven(tx, proven)
}
