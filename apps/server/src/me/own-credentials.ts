import type { EventContent, EventId, Json } from '@keyholder/core'
import type { MessageOf } from '@keyholder/mail'
import {
  appendEvents,
  databaseTime,
  findUser,
  saveMails,
  type MfaToken,
  type Tx,
  type User,
} from '@keyholder/storage'
import { eventActor } from '../change/event-actor.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import type { NewId } from '../new-id.ts'
import type { SteppingUp } from '../session/answer-step-up.ts'
import { endAll } from '../session/end-session.ts'

interface Deps {
  readonly newId: NewId
}

/** Whoever changes their own credentials. */
export async function myself(
  tx: Tx,
  { caller }: { readonly caller: Pick<SteppingUp['caller'], 'user'> },
): Promise<User> {
  const person = await findUser(tx, caller.user)
  if (!person) throw new Error('a session is of a person who is not there')
  return person
}

/** What was done to one's own credentials, as the log of one's home tells it. */
export interface Deed {
  readonly action: string
  readonly target: EventContent['target']
  readonly before?: Json | undefined
  readonly after?: Json | undefined
}

/** Writes the event of a change of one's own credentials. */
export async function recordDeed(
  tx: Tx,
  { newId }: Deps,
  { caller, requestId }: SteppingUp,
  deed: Deed,
): Promise<void> {
  await appendEvents(tx, [
    {
      ...deed,
      id: newId<EventId>('event'),
      at: await databaseTime(tx),
      outcome: 'done',
      actor: eventActor(caller),
      accounts: [caller.home],
      request: requestId,
    },
  ])
}

/** Ends every session but the one that changes credentials: whoever sits there may have been why. */
export async function endOthers(tx: Tx, deps: Deps, { caller, requestId }: SteppingUp): Promise<void> {
  const { user, home, session } = caller
  await endAll(tx, deps, { caller, requestId, user, home }, session.id)
}

type Notice = MessageOf<'password_changed' | 'mfa_added' | 'mfa_removed'>
type Told<N> = N extends Notice ? Omit<N, 'language' | 'name' | 'at'> : never

/** Tells somebody by mail that their credentials were changed: whoever did not do it themselves learns of it. */
export async function sendNotice(
  tx: Tx,
  { newId }: Deps,
  call: SteppingUp,
  told: Told<Notice>,
): Promise<void> {
  const { email, language, name = null } = await myself(tx, call)
  const at = new Date(await databaseTime(tx)).toISOString()
  const notice: Notice = { ...told, language, name, at }
  await saveMails(tx, [outgoingMail(newId, { account: call.caller.home, recipient: email }, notice)])
}

/** A second factor as its person sees it. */
export function tokenForm({ id, kind, name, standsAlone, isBackedUp, createdAt, lastUsedAt }: MfaToken) {
  return {
    id,
    kind,
    name,
    stands_alone: standsAlone,
    backed_up: isBackedUp,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  }
}
