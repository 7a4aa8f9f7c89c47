import { refuse, type EventId } from '@keyholder/core'
import { confirmEmailVerification, requestEmailVerification } from '@keyholder/contract'
import {
  appendEvents,
  databaseTime,
  holdCredentials,
  replaceOneTimeToken,
  saveMails,
  takeOneTimeToken,
  transaction,
  updateUser,
} from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { takeTurn } from '../session/attempt-limits.ts'
import { ownerOfLink } from './owner-of-link.ts'
import { newSecretToken, secretHash } from '../http/secret-token.ts'
import { emailLinkLife } from './email-link-life.ts'
import { myself, recordDeed } from './own-credentials.ts'

type Deps = Pick<AppDeps, 'db' | 'newId'>

/** Links that somebody gets in a quarter of an hour. */
const mostLinks = 5

/** Verifies the address of somebody whom nobody invited by it: whoever opens the link reads its mail. */
export function bindEmailVerification(bind: Bind, deps: Deps): void {
  const { db, newId } = deps

  bind(requestEmailVerification, (call) =>
    transaction(db, 'deployment', async (tx) => {
      const person = await myself(tx, call)
      if (person.verifiedAt !== undefined) return answer(202, undefined)
      const turn = await takeTurn(tx, { of: 'email_verification', by: person.id, most: mostLinks })
      if (!turn.ok) return turn

      const { id, home, email, language, name = null } = person
      const { token, tokenHash } = newSecretToken('khm')
      const link = { user: id, email, tokenHash, life: emailLinkLife }
      const expiresAt = await replaceOneTimeToken(tx, { ...link, purpose: 'email_verification' })
      const letter = { template: 'email_verification', language, name, token } as const
      const to = { account: home, recipient: email }
      await saveMails(tx, [outgoingMail(newId, to, { ...letter, expires_at: expiresAt.toISOString() })])
      await recordDeed(tx, deps, call, {
        action: 'email_verification.request',
        target: { type: 'user', id },
        after: { email },
      })
      return answer(202, undefined)
    }),
  )

  bind(confirmEmailVerification, ({ body, requestId }) =>
    transaction(db, 'deployment', async (tx) => {
      const link = await takeOneTimeToken(tx, secretHash(body.token), 'email_verification')
      if (link) await holdCredentials(tx, link.user)
      const person = link && (await ownerOfLink(tx, link))
      if (!person || person.email !== link.email) return refuse({ code: 'email_link_dead' })

      const at = await databaseTime(tx)
      if (person.verifiedAt === undefined) await updateUser(tx, { ...person, verifiedAt: new Date(at) })
      await appendEvents(tx, [
        {
          id: newId<EventId>('event'),
          at,
          action: 'email.verify',
          outcome: 'done',
          actor: { kind: 'person', user: person.id },
          target: { type: 'user', id: person.id },
          accounts: [person.home],
          after: { email: person.email },
          request: requestId,
        },
      ])
      return answer(204, undefined)
    }),
  )
}
