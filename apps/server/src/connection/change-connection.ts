import {
  refuse,
  succeed,
  type AccessChange,
  type AccountId,
  type Acting,
  type Actor,
  type Agreement,
  type ConnectionId,
  type Result,
  type Side,
} from '@keyholder/core'
import type { AnswerOf, Endpoint } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { authorOf, findAnswerable, type Answerable } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { ChangePlan } from '../change/change-plan.ts'
import type { ChangeCall } from '../change/change-call.ts'
import type { Scene } from '../change/scene.ts'
import type { AccountOfPath, Finished, Refused } from '../http/call.ts'
import { answer } from '../http/answer.ts'
import { outdated } from '../http/etag.ts'
import { connectionForm, told } from './connection-form.ts'
import { namesFor } from './host-names.ts'
import { changeMails, offerMails, otherSide, type ConnectionChange } from './connection-mails.ts'

export type ConnectionCall<E extends Endpoint> = ChangeCall<E> & {
  readonly account: AccountOfPath
  readonly params: { readonly connection: string }
}

/** A connection of which the caller's account is one side, with both accounts locked. */
export interface Found {
  readonly stored: storage.StoredConnection
  readonly agreement: Agreement
  readonly by: Acting
  /** Who answers for the offer on the table; left out where they are gone, or there is none. */
  readonly offerer: Answerable | undefined
}

/** What is decided about a connection. */
export interface Decided {
  readonly agreement: Agreement
  /** In the host account, where everything about a connection stands. */
  readonly changes: readonly AccessChange[]
  /** Dotted, as `connection.pause`. */
  readonly action: string
  readonly reason?: string | undefined
  /** Whose power counts, where it is not the caller's. */
  readonly judgedAs?: Actor | undefined
  /** The side whose administrators are told that an offer waits for them. */
  readonly tells?: Side | undefined
  /** What the other side's administrators are told of instead. */
  readonly change?: ConnectionChange | undefined
}

export type Decide = (scene: Scene, found: Found) => Promise<Result<Decided, Refused['refusal']>>
type Answer<E extends Endpoint> = (
  form: ReturnType<typeof connectionForm>,
  decided: Decided,
  version: number,
) => AnswerOf<E>

/** Carries out one change of a connection: both accounts are locked, and both are told. */
export async function changeConnection<E extends Endpoint>(
  deps: ChangeDeps,
  call: ConnectionCall<E>,
  decide: Decide,
  answered: Answer<E>,
): Promise<Finished | Refused> {
  const own = call.account.id
  const sides = await findSides(deps, own, call.params.connection as ConnectionId)
  if (!sides) return refuse({ code: 'not_found' })
  const { id, host, guest, offerer } = sides
  const side: Side = own === host ? 'host' : 'guest'

  return changeAccess(deps, call, [host, guest], async (scene) => {
    const stored = await storage.lockConnection(scene.tx, own, id)
    if (!stored) return refuse({ code: 'not_found' as const })
    const stale = call.endpoint.edits ? outdated(call, stored.version) : undefined
    if (stale) return stale

    const by: Acting = { side, author: authorOf(call.caller) }
    const { agreement } = stored
    const decided = await decide(scene, { stored, agreement, by, offerer })
    if (!decided.ok) return decided
    return succeed(planOf(deps, scene, { side, before: agreement, decided: decided.value }, answered))
  })
}

interface Sides {
  readonly id: ConnectionId
  readonly host: AccountId
  readonly guest: AccountId
  readonly offerer: Answerable | undefined
}

/** Both sides of a connection, which never change, and who stands behind what is offered. */
async function findSides(
  { db, replica }: ChangeDeps,
  own: AccountId,
  id: ConnectionId,
): Promise<Sides | undefined> {
  return storage.transaction(
    db,
    'deployment',
    async (tx) => {
      const found = await storage.findConnection(tx, own, id)
      if (!found) return undefined
      const { connection, offer } = found.agreement
      const { host, guest } = connection
      const at = await storage.databaseTime(tx)
      const offerer =
        offer && (await findAnswerable(tx, replica.blueprint, connection[offer.by], offer.author, at))
      return { id, host, guest, offerer }
    },
    { readOnly: true },
  )
}

export interface Deciding {
  /** As which side the caller acts. */
  readonly side: Side
  /** Left out for a connection that is only being proposed. */
  readonly before?: Agreement | undefined
  readonly decided: Decided
}

/** Everything that a change of a connection writes: in the host what decides access, and in both the event. */
export function planOf<E extends Endpoint>(
  { replica }: ChangeDeps,
  scene: Scene,
  { side, before, decided }: Deciding,
  answered: Answer<E>,
): ChangePlan<E> {
  const { agreement, changes, action, reason, judgedAs, tells, change } = decided
  const { id, host, guest } = agreement.connection
  const actingFor = side === 'guest' && !judgedAs ? guest : undefined
  return {
    access: [
      { account: host, changes, moves: true, actingFor, judgedAs },
      { account: guest, changes: [], moves: true },
    ],
    rows: async (tx) => {
      await storage.describeConnection(tx, agreement)
      if (tells) await storage.saveMails(tx, await offerMails(scene, agreement, tells))
      if (change) {
        await storage.saveMails(tx, await changeMails(scene, agreement, otherSide(side), { change, reason }))
      }
    },
    events: [
      {
        action,
        target: { type: 'connection', id },
        accounts: [host, guest],
        before: before && told(before),
        after: told(agreement),
        reason,
      },
    ],
    answer: async (tx) => {
      const stored = await storage.findConnection(tx, side === 'host' ? host : guest, id)
      if (!stored) throw new Error('a connection that was just written is not there')
      const name = await namesFor(tx, replica.blueprint, host, [stored.agreement])
      return answered(connectionForm(stored, side, name), decided, stored.version)
    },
  }
}

/** Answers with the connection itself. */
export function shown(form: ReturnType<typeof connectionForm>, _: Decided, version: number) {
  return answer(200, form, { version })
}
