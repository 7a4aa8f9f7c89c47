import {
  extendConnection as extended,
  narrowConnection as narrowed,
  refuse,
  requestWidening,
  succeed,
  termsOf,
} from '@keyholder/core'
import { extendConnection, narrowConnection, widenConnection } from '@keyholder/contract'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { Bind } from '../http/bind.ts'
import { changeConnection, shown } from './change-connection.ts'
import { inWords, judgeOpenings } from './propose-connection.ts'
import { roleFor, rolesOf, termsNamed } from './terms-named.ts'

/** Narrows connections at once, extends them once, and asks the other side for wider terms. */
export function bindTermChanges(bind: Bind, deps: ChangeDeps): void {
  bind(narrowConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const index = scene.index(agreement.connection.host)
        const terms = termsNamed(call.body, termsOf(agreement), roleFor(index, agreement, by.side))
        if (!terms.ok) return terms
        const context = { role: rolesOf(index), now: scene.at }
        const done = narrowed(agreement, terms.value, by, context)
        return done.ok
          ? succeed({ ...done.value, action: 'connection.narrow' })
          : refuse(inWords(done.refusal))
      },
      shown,
    ),
  )

  bind(extendConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const context = { role: rolesOf(scene.index(agreement.connection.host)), now: scene.at }
        const done = extended(agreement, Date.parse(call.body.ends_at), by, context)
        return done.ok
          ? succeed({ ...done.value, action: 'connection.extend' })
          : refuse(inWords(done.refusal))
      },
      shown,
    ),
  )

  bind(widenConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const index = scene.index(agreement.connection.host)
        const terms = termsNamed(call.body, termsOf(agreement), roleFor(index, agreement, by.side))
        if (!terms.ok) return terms
        const context = { role: rolesOf(index), now: scene.at }
        const asked = requestWidening(agreement, terms.value, by, context)
        if (!asked.ok) return refuse(inWords(asked.refusal))
        if (by.side === 'host') {
          const { maximum, startsAt, endsAt } = terms.value
          const connection = { ...agreement.connection, maximum, startsAt, endsAt }
          const wider = { ...asked.value, changes: [{ kind: 'connection_set' as const, connection }] }
          const judged = judgeOpenings(scene, wider)
          if (!judged.ok) return judged
        }
        const tells = by.side === 'host' ? ('guest' as const) : ('host' as const)
        return succeed({ ...asked.value, action: 'connection.request_widening', tells })
      },
      shown,
    ),
  )
}
