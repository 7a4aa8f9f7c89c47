import { refuse, succeed, type Result } from '@keyholder/core'
import { resetMemberMfa, sendMemberPasswordReset } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { authorOf } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import { answer } from '../http/answer.ts'
import type { AccountOfPath } from '../http/call.ts'
import type { Bind } from '../http/bind.ts'
import { newSecretToken } from '../http/secret-token.ts'
import { resetLife } from '../password/reset-life.ts'
import { personInHand } from './person-in-hand.ts'

/** Helps users who cannot sign in any more. Nobody chooses or sees what they prove themselves with but they. */
export function bindCredentialResets(bind: Bind, deps: ChangeDeps): void {
  bind(resetMemberMfa, (call) =>
    changeAccess(deps, call, [call.account.id], async (scene) => {
      const found = await loginInHand(scene, call.account, call.params.user)
      if (!found.ok) return found
      const { id, email, language, name = null } = found.value
      // One's own are removed by whoever has proven everything a moment ago, and in no other way.
      if (call.caller.kind === 'person' && call.caller.user === id) return refuse({ code: 'own_credentials' })
      const tokens = await storage.listMfaTokens(scene.tx, id)
      const sessions = await storage.sessionsOf(scene.tx, id)
      return succeed({
        rows: async (tx) => {
          // First the sessions: what one of them adds at this moment is then seen, and goes too.
          await storage.endSessionsOf(tx, id)
          await storage.removeMfa(tx, id)
        },
        events: [
          {
            action: 'member.reset_mfa',
            target: { type: 'member', id },
            before: { tokens: tokens.map(({ kind, name: called }) => ({ kind, name: called })), sessions },
          },
        ],
        mails: [
          outgoingMail(
            scene.newId,
            { account: call.account.id, recipient: email },
            {
              template: 'mfa_reset',
              language,
              name,
              account: { slug: call.account.slug, name: call.account.name },
              by: await whoDidIt(scene),
              at: new Date(scene.at).toISOString(),
            },
          ),
        ],
        answer: async () => answer(200, { removed: tokens.length }),
      })
    }),
  )

  bind(sendMemberPasswordReset, (call) =>
    changeAccess(deps, call, [call.account.id], async (scene) => {
      const found = await loginInHand(scene, call.account, call.params.user)
      if (!found.ok) return found
      const { id, email, language, name = null } = found.value
      const { token, tokenHash } = newSecretToken('khr')
      const expiresAt = new Date(scene.at + resetLife).toISOString()
      return succeed({
        rows: async (tx) => {
          const link = { user: id, email, tokenHash, life: resetLife }
          await storage.replaceOneTimeToken(tx, { ...link, purpose: 'password_reset' })
        },
        events: [{ action: 'member.send_password_reset', target: { type: 'member', id } }],
        mails: [
          outgoingMail(
            scene.newId,
            { account: call.account.id, recipient: email },
            { template: 'password_reset', language, name, token, expires_at: expiresAt },
          ),
        ],
        answer: async () => answer(202, undefined),
      })
    }),
  )
}

/** The login of a member whom the caller may help. */
async function loginInHand(
  scene: Scene,
  account: AccountOfPath,
  name: string,
): Promise<
  Result<storage.User, Extract<Awaited<ReturnType<typeof personInHand>>, { ok: false }>['refusal']>
> {
  const found = await personInHand(scene.tx, { ...scene, index: scene.index(account.id) }, name)
  if (!found.ok) return found
  const person = await storage.findUser(scene.tx, found.value)
  return person ? succeed(person) : refuse({ code: 'not_found' })
}

/** The person who did it, as a mail names them; null where a key did. */
async function whoDidIt({ tx, caller }: Scene) {
  const author = authorOf(caller)
  const person = author.kind === 'person' ? await storage.findUser(tx, author.id) : undefined
  return person ? { name: person.name ?? null, email: person.email } : null
}
