import {
  acceptOffer,
  counterProposal,
  declineOffer,
  judgeChanges,
  refuse,
  succeed,
  type AcceptedOffer,
  type Connection,
  type GrantId,
} from '@keyholder/core'
import { acceptConnection, counterConnection, declineConnection } from '@keyholder/contract'
import type { ChangeDeps } from '../change/change-deps.ts'
import { reachNow } from '../change/author.ts'
import { groupNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import type { Bind } from '../http/bind.ts'
import { changeConnection, shown, type Found } from './change-connection.ts'
import { inWords } from './propose-connection.ts'
import { counterOpenings, roleFor, rolesOf, termsNamed } from './terms-named.ts'

/** Accepts, declines and counters what the other side offers. */
export function bindOfferAnswers(bind: Bind, deps: ChangeDeps): void {
  bind(acceptConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, found) => {
        const { agreement, by } = found
        const { host, guest } = agreement.connection
        const delegates =
          by.side === 'guest' ? delegatesNamed(scene, guest, call.body?.delegates) : succeed(undefined)
        if (!delegates.ok) return delegates
        const accepted = acceptOffer(agreement, by, {
          delegates: delegates.value,
          grantIds: (agreement.offer?.openings ?? []).map(() => scene.newId<GrantId>('grant')),
          role: rolesOf(scene.index(host)),
          now: scene.at,
        })
        if (!accepted.ok) return refuse(inWords(accepted.refusal))
        if (by.side === 'host')
          return succeed({ ...accepted.value, action: 'connection.accept', change: 'accepted' as const })

        const backed = backedBy(scene, found, accepted.value)
        return backed.ok
          ? succeed({
              ...accepted.value,
              action: 'connection.accept',
              change: 'accepted' as const,
              judgedAs: backed.value,
            })
          : backed
      },
      shown,
    ),
  )

  bind(declineConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const declined = declineOffer(agreement, by, scene.at)
        return declined.ok
          ? succeed({ ...declined.value, action: 'connection.decline', change: 'declined' as const })
          : declined
      },
      shown,
    ),
  )

  bind(counterConnection, (call) =>
    changeConnection(
      deps,
      call,
      async (scene, { agreement, by }) => {
        const index = scene.index(agreement.connection.host)
        const { offer } = agreement
        if (!offer) return refuse({ code: 'connection_nothing_offered' })
        const terms = termsNamed(call.body, offer.terms, roleFor(index, agreement, by.side))
        if (!terms.ok) return terms
        const openings = counterOpenings(index, agreement, call.body)
        if (!openings.ok) return openings
        const context = { role: rolesOf(index), now: scene.at }
        const counter = counterProposal(agreement, { terms: terms.value, ...openings.value }, by, context)
        if (!counter.ok) return refuse(inWords(counter.refusal))
        return succeed({ ...counter.value, action: 'connection.counter', tells: 'host' as const })
      },
      shown,
    ),
  )
}

/** The guest's group whose members may use the connection; left out, as it was. */
export function delegatesNamed(scene: Scene, guest: Connection['guest'], name: string | null | undefined) {
  if (name === undefined) return succeed<Connection['delegates'] | undefined>(undefined)
  if (name === null) return succeed<Connection['delegates'] | undefined>('everyone')
  return groupNamed(scene.index(guest), name, '/delegates')
}

/**
 * In whose power the guest comes in: whoever of the host made the offer, if they may still open and give all of it.
 * Why not is no business of the guest's.
 */
function backedBy(scene: Scene, { agreement, offerer }: Found, { changes }: AcceptedOffer) {
  const notBacked = refuse({ code: 'connection_not_backed' as const })
  if (!offerer) return notBacked
  const { host } = agreement.connection
  const reach = reachNow(scene, host, offerer)
  const mayOffer = reach.may(
    agreement.connection.status === 'proposed' ? 'connection.propose' : 'connection.edit',
  )
  const { actor } = offerer
  const isHeld = judgeChanges(scene.directory, { actor, account: host, changes, at: scene.at }).ok
  return mayOffer && isHeld ? succeed(actor) : notBacked
}
