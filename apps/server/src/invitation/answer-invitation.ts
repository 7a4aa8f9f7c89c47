import {
  acceptInvitation as accepted,
  declineInvitation as declined,
  judgeChanges,
  refuse,
  succeed,
  type GrantId,
  type Invitation,
  type Result,
  type UserId,
} from '@keyholder/core'
import { acceptInvitation, declineInvitation, type BodyOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { fromLookUp } from '../change/address-taken.ts'
import { reachNow } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import { mayFill } from '../change/filling-delegates.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Refused } from '../http/call.ts'
import type { AppDeps } from '../app-deps.ts'
import { openInvitation, type Opened } from './find-by-token.ts'
import { told } from './invitation-form.ts'
import { tokenHashOf } from './invitation-token.ts'
import { mayTouch } from './judge-offer.ts'
import { acceptingBy, answerRefusal, joining, type Accepting } from './sign-up.ts'

type Token = BodyOf<typeof declineInvitation>['token']

/** Accepts and declines invitations, for whoever holds the link and is its addressee. */
export function bindInvitationAnswers(bind: Bind, deps: AppDeps): void {
  bind(acceptInvitation, (call) =>
    fromLookUp(async () => {
      const { token, sign_up: signUp } = call.body
      const opened = await openInvitation(deps, call.caller, token)
      if (!opened.ok) return opened
      const accepting = acceptingBy(opened.value, signUp, deps.newId)
      if (!accepting.ok) return accepting
      const { account } = opened.value
      const { invitee } = accepting.value
      const concerned = [...new Set([account.id, invitee.home])]

      return changeAccess(deps, { ...call, account: undefined }, concerned, async (scene) => {
        const found = await stillThere(scene, opened.value, token)
        if (!found.ok) return found
        const decided = accept(scene, found.value, accepting.value)
        if (!decided.ok) return decided
        const backed = await backedBy(scene, opened.value, found.value, decided.value)
        if (!backed.ok) return backed

        const { invitation, changes } = decided.value
        const { before, access, events } = joining(scene, account.id, accepting.value)
        const isGuest = invitee.home !== account.id
        return succeed({
          before,
          access: [
            ...access,
            { account: account.id, changes, judgedAs: backed.value },
            ...(isGuest && access.length === 0 ? [{ account: invitee.home, changes: [], moves: true }] : []),
          ],
          rows: (tx) => storage.updateInvitation(tx, invitation),
          events: [
            ...events,
            {
              action: 'invitation.accept',
              target: { type: 'invitation', id: invitation.id },
              accounts: concerned,
              after: { ...told({ invitation }), user: invitee.user },
            },
          ],
          answer: async () =>
            answer(200, {
              account: { id: account.id, slug: account.slug, name: account.name },
              user: invitee.user,
              home: invitee.home,
              kind: isGuest ? ('external' as const) : ('home' as const),
            }),
        })
      })
    }),
  )

  bind(declineInvitation, async (call) => {
    const { token } = call.body
    const opened = await openInvitation(deps, call.caller, token)
    if (!opened.ok) return opened
    const { account, login } = opened.value
    const concerned = [...new Set([account.id, login?.home ?? account.id])]

    return changeAccess(deps, { ...call, account: undefined }, concerned, async (scene) => {
      const found = await stillThere(scene, opened.value, token)
      if (!found.ok) return found
      const { email } = found.value
      const by = {
        user: login?.id ?? ('' as UserId),
        home: login?.home ?? account.id,
        email,
        emailVerified: true,
      }
      const decided = declined(found.value, by, scene.at)
      if (!decided.ok) return refuse(answerRefusal(decided.refusal))

      const invitation = { ...decided.value, settled: settledBy(decided.value, login?.id) }
      return succeed({
        rows: (tx) => storage.updateInvitation(tx, invitation),
        events: [
          {
            action: 'invitation.decline',
            target: { type: 'invitation', id: invitation.id },
            accounts: concerned,
            before: told({ invitation }),
          },
        ],
        answer: async () => answer(204, undefined),
      })
    })
  })
}

/** The invitation once its account is locked; sent again meanwhile, this link is dead, and edited, another answers for it. */
async function stillThere(
  { tx }: Scene,
  { invitation }: Opened,
  token: Token,
): Promise<Result<Invitation, Refused['refusal']>> {
  const found = await storage.findInvitationByToken(tx, tokenHashOf(token))
  if (!found) return refuse({ code: 'invitation_not_found' })
  const isSame = found.invitation.invitedBy.id === invitation.invitedBy.id
  return isSame ? succeed(found.invitation) : refuse({ code: 'version_outdated' })
}

function accept(scene: Scene, invitation: Invitation, { invitee }: Accepting) {
  const { account, grants } = invitation
  const member = scene.index(account).member(invitee.user)
  const atHome = scene.index(invitee.home).member(invitee.user)
  if (atHome?.status === 'suspended') return refuse({ code: 'member_suspended' as const })
  const grantIds = grants.map(() => scene.newId<GrantId>('grant'))
  const held = scene.index(account).grantsTo({ kind: 'user', id: invitee.user })
  const decided = accepted(invitation, invitee, { member, held, grantIds, now: scene.at })
  return decided.ok ? decided : refuse(answerRefusal(decided.refusal))
}

/**
 * In whose power the invitation is accepted: whoever answers for it, if they may still invite there and give all that
 * it brings. Why not is no business of the invitee's.
 */
async function backedBy(
  scene: Scene,
  { answerable }: Opened,
  invitation: Invitation,
  { changes }: Extract<ReturnType<typeof accept>, { ok: true }>['value'],
) {
  const notBacked = refuse({ code: 'invitation_not_backed' as const })
  if (!answerable) return notBacked
  const { account, groups } = invitation
  const { tx, directory, at } = scene
  const reach = reachNow(scene, account, answerable)
  const mayInvite = ['invitation.create', 'invitation.edit'].some(
    (permission) => mayTouch(reach, permission, invitation).ok,
  )
  const { actor } = answerable
  const isHeld = judgeChanges(directory, { actor, account, changes, at }).ok
  const filling = await mayFill(tx, reach, account, groups)
  return mayInvite && isHeld && filling.ok ? succeed(actor) : notBacked
}

/** Whoever has no login yet is nobody to be named. */
function settledBy({ settled }: Invitation, user: UserId | undefined): Invitation['settled'] {
  if (!settled) return undefined
  return { state: settled.state, at: settled.at, ...(user !== undefined && { by: user }) }
}
