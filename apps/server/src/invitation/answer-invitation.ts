import { declineInvitation as declined, refuse, succeed, type Invitation, type UserId } from '@keyholder/core'
import { acceptInvitation, declineInvitation } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { fromLookUp } from '../change/address-taken.ts'
import { changeAccess } from '../change/change-access.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { AppDeps } from '../app-deps.ts'
import { acceptancePlan, accountsOfAcceptance, stillThere } from './accept-opened.ts'
import { openInvitation } from './find-by-token.ts'
import { told } from './invitation-form.ts'
import { acceptingBy, answerRefusal } from './sign-up.ts'

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
      const { user, home } = accepting.value.invitee

      const concerned = accountsOfAcceptance(opened.value, accepting.value)
      return changeAccess(deps, { ...call, account: undefined }, concerned, async (scene) => {
        const planned = await acceptancePlan(scene, opened.value, accepting.value, token)
        if (!planned.ok) return planned
        const kind = home === account.id ? ('home' as const) : ('external' as const)
        const shown = { id: account.id, slug: account.slug, name: account.name }
        return succeed({
          ...planned.value,
          answer: async () => answer(200, { account: shown, user, home, kind }),
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

/** Whoever has no login yet is nobody to be named. */
function settledBy({ settled }: Invitation, user: UserId | undefined): Invitation['settled'] {
  if (!settled) return undefined
  return { state: settled.state, at: settled.at, ...(user !== undefined && { by: user }) }
}
