import { refuse, type AccountId } from '@keyholder/core'
import { signUpByInvitation } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { eventActor } from '../change/event-actor.ts'
import { foundAccount } from '../change/found-account.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { secretHash } from '../http/secret-token.ts'
import { smallAccount } from './sign-up.ts'

/** Makes logins for people who were invited, whatever has become of the invitation; it gives them nothing. */
export function bindSignUp(bind: Bind, deps: AppDeps): void {
  bind(signUpByInvitation, (call) => {
    const { token, sign_up: signUp } = call.body

    return storage.transaction(deps.db, 'deployment', async (tx) => {
      const found = await storage.lockInvitation(tx, secretHash(token))
      if (!found) return refuse({ code: 'invitation_not_found' })
      const { email } = found.invitation
      const { slug, name } = smallAccount(deps.newId<AccountId>('account'), email, signUp)
      const person = { email, name: signUp.name, language: signUp.language }
      const founded = await foundAccount(
        tx,
        deps,
        { slug, name, superuser: { ...person, verifiedAt: new Date(await storage.databaseTime(tx)) } },
        { actor: eventActor(call.caller), requestId: call.requestId },
      )
      if (!founded.ok) return refuse({ code: 'invitation_login_exists' })
      return answer(201, { user: founded.value.user, home: founded.value.account })
    })
  })
}
