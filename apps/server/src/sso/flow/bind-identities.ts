import { refuse, type EventId, type UserId } from '@keyholder/core'
import { listIdentities, unlinkIdentity } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { eventActor } from '../../change/event-actor.ts'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { rotateOwn } from '../../session/rotate-own.ts'
import { undoingWhereSessionIsGone } from '../../session/session-gone.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Shows people who they are at their identity providers, and lets them give that up. */
export function bindIdentities(bind: Bind, { db, newId }: Pick<SsoDeps, 'db' | 'newId'>): void {
  bind(listIdentities, async ({ caller: { user } }) => {
    const work = (tx: storage.Tx) => identitiesOf(tx, user)
    return answer(200, { items: await storage.transaction(db, 'deployment', work, { readOnly: true }) })
  })

  bind(unlinkIdentity, ({ caller, browser, params, requestId }) =>
    undoingWhereSessionIsGone(() =>
      storage.transaction(db, 'deployment', async (tx) => {
        const { user, home } = caller
        const { at, heads } = await storage.lockAccounts(tx, [home])
        const held = await storage.ssoIdentitiesOf(tx, user)
        const wanted = held.find(({ id }) => id === params.identity)
        if (!wanted) return refuse({ code: 'not_found' })
        if (held.length === 1 && !(await storage.hasOwnWayIn(tx, user)))
          return refuse({ code: 'sso_last_way_in' })

        const headers = await rotateOwn(tx, { caller, browser })
        await storage.deleteSsoIdentity(tx, user, wanted.id)
        const event = {
          id: newId<EventId>('event'),
          at,
          action: 'sso_identity.unlink',
          outcome: 'done',
          actor: eventActor(caller),
          target: { type: 'member', id: user },
          accounts: [home],
          before: { sso_connection: wanted.connection, subject: wanted.subject },
          request: requestId,
        } as const
        await storage.closeChange(tx, { events: [event], heads })
        return answer(204, undefined, { headers })
      }),
    ),
  )
}

async function identitiesOf(tx: storage.Tx, user: UserId) {
  const items = []
  for (const identity of await storage.ssoIdentitiesOf(tx, user)) {
    const connection = await storage.findSsoConnection(tx, identity.connection)
    items.push({
      id: identity.id,
      connection: { id: identity.connection, name: connection?.name ?? '' },
      subject: identity.subject,
      email: identity.email ?? null,
      created_at: identity.createdAt.toISOString(),
      last_used_at: identity.lastUsedAt?.toISOString() ?? null,
    })
  }
  return items
}
