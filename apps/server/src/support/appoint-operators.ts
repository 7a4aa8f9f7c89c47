import {
  refuse,
  succeed,
  type AccountId,
  type EventActor,
  type EventContent,
  type EventId,
  type Result,
} from '@keyholder/core'
import * as storage from '@keyholder/storage'
import type { EventDraft } from '../change/change-plan.ts'
import { endedNow, endingOfSupport } from '../change/ending-support.ts'
import type { NewId } from '../new-id.ts'

interface Deps {
  readonly db: storage.Database
  readonly newId: NewId
}

/** On whose word, and by which request where it was one. */
interface By {
  readonly actor: EventActor
  readonly requestId?: string | undefined
}

type Unknown = { readonly code: 'not_found' }

/** Makes somebody staff of the operator, by id or e-mail; whoever is already stays it. */
export async function appointOperator(
  { db, newId }: Deps,
  name: string,
  by: By,
): Promise<Result<storage.Operator, Unknown>> {
  return storage.transaction(db, 'deployment', async (tx) => {
    const person = await storage.findPerson(tx, name)
    if (!person) return refuse({ code: 'not_found' })
    const { at, heads } = await storage.lockAccounts(tx, [person.home])
    if (await storage.insertOperator(tx, person.user)) {
      const event = { action: 'operator.add', target: { type: 'user', id: person.user } }
      await storage.closeChange(tx, { heads, events: [told(newId, at, by, [person.home], event)] })
    }
    const operator = await storage.findOperator(tx, person.user)
    if (!operator) throw new Error('an operator who was just written is not there')
    return succeed(operator)
  })
}

/** Takes somebody from the staff; the support accesses that they have open end at the same moment. */
export async function dismissOperator(
  { db, newId }: Deps,
  name: string,
  by: By,
): Promise<Result<{ readonly ended: number }, Unknown>> {
  return storage.transaction(db, 'deployment', async (tx) => {
    const person = await storage.findPerson(tx, name)
    if (!person || !(await storage.deleteOperator(tx, person.user))) return refuse({ code: 'not_found' })

    const entered = (await storage.unendedSupport(tx, { user: person.user })).map(
      ({ access }) => access.account,
    )
    const accounts = [...new Set([person.home, ...entered])]
    const { at, heads } = await storage.lockAccounts(tx, accounts)
    // Read anew on the held accounts, because one may have been ended meanwhile.
    const open = await storage.unendedSupport(tx, { user: person.user })
    const ended = open.flatMap((stored) => endedNow(stored, 'operator', at))
    const events = [
      told(newId, at, by, [person.home], {
        action: 'operator.remove',
        target: { type: 'user', id: person.user },
      }),
    ]
    const mails = []
    for (const account of new Set(ended.map(({ access }) => access.account))) {
      const here = ended.filter(({ access }) => access.account === account)
      const ending = await endingOfSupport(tx, newId, account, here)
      await ending.rows(tx)
      events.push(...ending.events.map((draft) => told(newId, at, by, [account], draft)))
      mails.push(...ending.mails)
    }
    await storage.closeChange(tx, { heads, events, mails })
    return succeed({ ended: ended.length })
  })
}

function told(
  newId: NewId,
  at: number,
  { actor, requestId }: By,
  accounts: readonly AccountId[],
  draft: EventDraft,
): EventContent {
  return { id: newId<EventId>('event'), at, outcome: 'done', actor, request: requestId, ...draft, accounts }
}
