import { invitationState, needsMfa, shortestPassword, type Invitation } from '@keyholder/core'
import { lookUpInvitation, openInvitationLink } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { openByLink, openInvitation, type Opened } from './find-by-token.ts'
import { moment, momentOrNull } from './invitation-form.ts'
import { policyOfNewHome } from './sign-up.ts'

type Deps = Pick<AppDeps, 'db' | 'blueprint'>

/** Shows an invitation to its addressee, as often as they like. */
export function bindInvitationLookUp(bind: Bind, { db, blueprint }: Deps): void {
  bind(lookUpInvitation, async (call) => {
    const opened = await openInvitation({ db, blueprint }, call.caller, call.body.token)
    return opened.ok ? answer(200, await shownTo(opened.value)) : opened
  })

  bind(openInvitationLink, async (call) => {
    const opened = await openByLink({ db, blueprint }, call.body.token)
    if (!opened.ok) return opened
    const use = needsMfa(policyOfNewHome(opened.value), 'password') ? 'with_mfa' : 'alone'
    return answer(200, { ...(await shownTo(opened.value)), shortest_password: shortestPassword(use) })
  })

  async function shownTo({ invitation, account, login, inviter, at }: Opened) {
    const shown = invitation.showInviter ? inviter : undefined
    return {
      account: { slug: account.slug, name: account.name },
      kind: invitation.kind,
      email: invitation.email,
      state: invitationState(invitation, at),
      expires_at: moment(invitation.expiresAt),
      inviter: shown ? { email: shown.email, name: shown.name ?? null } : null,
      roles: await rolesOf(invitation),
      has_login: login !== undefined,
    }
  }

  /** By their names: ids say nothing to somebody who is not in yet. */
  function rolesOf({ account, grants }: Invitation) {
    return storage.transaction(
      db,
      [account],
      async (tx) => {
        const roles = []
        for (const { role, organization, startsAt, endsAt } of grants) {
          const named = await storage.findRole(tx, account, blueprint, role)
          const place = organization && (await storage.findOrganization(tx, account, organization))
          roles.push({
            role: named?.name ?? role,
            organization: place ? place.name : null,
            starts_at: momentOrNull(startsAt),
            ends_at: momentOrNull(endsAt),
          })
        }
        return roles
      },
      { readOnly: true },
    )
  }
}
