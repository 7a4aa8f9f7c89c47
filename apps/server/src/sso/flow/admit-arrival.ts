import {
  accessBySso,
  groupsByRules,
  refuse,
  succeed,
  type AccessChange,
  type AccountIndex,
  type GrantId,
  type Result,
  type UserId,
} from '@keyholder/core'
import * as storage from '@keyholder/storage'
import { readerIn } from '../../access/replica/database-source.ts'
import type { OpenSession } from '../../session/open-session.ts'
import { arrivalEvents } from './arrival-events.ts'
import type { Arrival } from './arrival.ts'
import { recognise, type Recognised } from './recognise.ts'
import type { SsoDeps } from './sso-deps.ts'
import type { SsoFault } from './sso-fault.ts'
import { writeIdentity, writePerson } from './write-person.ts'

/** Somebody who was let in, and what changed by it. */
export interface Admitted {
  readonly user: UserId
  readonly who: Recognised['who']
  readonly changes: readonly AccessChange[]
  /** The one that the account is at from then on. */
  readonly revision: number | undefined
}

/**
 * Lets somebody in who came back from their identity provider: known, new, or linking; and puts them into the groups
 * that the rules give, and out of all others of the provider's.
 *
 * Takes a transaction of the whole deployment, and locks the account first: of a sign-in and the end of its connection,
 * the second sees the first. What is given is the work of Keyholder itself: whoever wrote the rules and the default role
 * was judged by what they held (law 5), and nobody is asked again.
 */
export async function admitArrival(
  deps: SsoDeps,
  tx: storage.Tx,
  arrival: Arrival,
  open: OpenSession | undefined,
): Promise<Result<Admitted, SsoFault>> {
  const { id, account } = arrival.connection
  const { at, accounts, heads } = await storage.lockAccounts(tx, [account])
  const now = await storage.findSsoConnection(tx, id, account)
  const isUnchanged = now?.status === 'active' && now.version === arrival.connection.version
  const [held] = accounts
  if (!isUnchanged || held?.status !== 'active') return refuse({ reason: 'connection_changed' })
  const index = await deps.replica.indexAt(readerIn(tx, deps.blueprint), account, held.revision)
  if (!index) throw new Error(`the account \`${account}\` is locked and not there`)

  const recognised = await recognise(tx, arrival, { index, open, at })
  if (!recognised.ok) return recognised
  const { who } = recognised.value
  const user = recognised.value.who === 'newcomer' ? deps.newId<UserId>('user') : recognised.value.user
  const changes = await accessOf(deps, tx, arrival, index, { user, isNew: who === 'newcomer' })

  await writePerson(tx, arrival, user, recognised.value, at)
  if (changes.length > 0) await storage.writeAccess(tx, deps.blueprint, account, changes)
  // After the membership, which an identity is of.
  await writeIdentity(tx, deps, arrival, user, recognised.value)
  const revisions = await storage.closeChange(tx, {
    moves: changes.length > 0 ? [storage.moveOf(deps.blueprint, account, changes)] : [],
    events: arrivalEvents(deps, arrival, { at, index, user, changes, recognised: recognised.value }),
    heads,
  })
  return succeed({ user, who, changes, revision: changes.length > 0 ? revisions.get(account) : undefined })
}

async function accessOf(
  { newId }: SsoDeps,
  tx: storage.Tx,
  { connection, identity }: Arrival,
  index: AccountIndex,
  { user, isNew }: { readonly user: UserId; readonly isNew: boolean },
): Promise<readonly AccessChange[]> {
  const rules = await storage.readSsoRules(tx, connection.id)
  const first = isNew ? { defaultRole: connection.defaultRole, grant: newId<GrantId>('grant') } : undefined
  return accessBySso(index, { user, first }, groupsByRules(rules, identity.attributes))
}
