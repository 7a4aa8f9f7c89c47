import type { FastifyBaseLogger } from 'fastify'
import {
  readMessage,
  renderMail,
  type Message,
  type Origin,
  type Outcome,
  type Transport,
} from '@keyholder/mail'
import {
  giveUpMail,
  markMailSent,
  postponeMail,
  takeMails,
  transaction,
  type Database,
  type TakenMail,
  type Tx,
} from '@keyholder/storage'

export interface DeliveryDeps {
  readonly db: Database
  readonly transport: Transport
  readonly origin: Origin
  readonly log: FastifyBaseLogger
}

/** What came of one look into the outbox. */
export interface Round {
  /** How many mails were tried. */
  readonly tried: number
  /** What the server said, or did not say, where other mails would fare no better. */
  readonly unreachable?: string | undefined
}

/** Mails that leave at the same time, each on a connection of its own. */
const atOnce = 4
/** Milliseconds in which a mail has either left or not: more than all the patience of the transport. */
const lease = 300_000
const longest = 3 * 24 * 3_600_000
const pauses = { first: 30_000, longest: 3_600_000, unreachable: 60_000 }

/** Sends the mails whose time has come, and notes what became of each. */
export async function deliverMails(deps: DeliveryDeps): Promise<Round> {
  const mails = await transaction(deps.db, 'deployment', (tx) => takeMails(tx, atOnce, lease))
  const outcomes = await Promise.all(mails.map((mail) => deliver(deps, mail)))
  const unreachable = outcomes.find((outcome) => outcome.kind === 'postponed' && outcome.unreachable)
  return {
    tried: mails.length,
    unreachable: unreachable?.kind === 'postponed' ? unreachable.reason : undefined,
  }
}

async function deliver(deps: DeliveryDeps, mail: TakenMail): Promise<Outcome> {
  const outcome = await attempt(deps, mail)
  await transaction(deps.db, 'deployment', (tx) => note(tx, mail, outcome))
  if (outcome.kind === 'refused') {
    deps.log.warn({ mail: mail.id, reason: outcome.reason }, 'a mail was given up')
  }
  return outcome
}

/** A mail that cannot be sent is no reason to leave the others lying. */
async function attempt({ transport, origin, log }: DeliveryDeps, mail: TakenMail): Promise<Outcome> {
  const message = readMessage(mail.payload)
  const late = whyTooLate(mail, message)
  if (late) return { kind: 'refused', reason: late }
  // Perhaps a newer version wrote it, whose nodes take it up next time.
  if (!message) return postponed('This version of Keyholder does not know the message.')
  try {
    const { id, recipient } = mail
    return await transport.send({ id, recipient, mail: renderMail(message, origin) })
  } catch (error) {
    log.error({ err: error, mail: mail.id }, 'a mail could not be made')
    return postponed('The mail could not be made.')
  }
}

function postponed(reason: string): Outcome {
  return { kind: 'postponed', reason, unreachable: false }
}

function note(tx: Tx, { id, attempts }: TakenMail, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      return markMailSent(tx, id)
    case 'refused':
      return giveUpMail(tx, id, outcome.reason)
    case 'postponed':
      return postponeMail(
        tx,
        id,
        outcome.reason,
        outcome.unreachable ? pauses.unreachable : pauseAfter(attempts),
      )
  }
}

/** Milliseconds until a mail is tried again: twice as long each time. */
export function pauseAfter(attempts: number): number {
  return Math.min(pauses.first * 2 ** (attempts - 1), pauses.longest)
}

/** Old news, and links that have expired, are not sent: not when a server comes back, nor when there is one at last. */
function whyTooLate({ createdAt, takenAt }: TakenMail, message: Message | undefined): string | undefined {
  if (createdAt.getTime() + longest <= takenAt.getTime()) return 'It could not be sent within three days.'
  const expires = message && 'expires_at' in message ? Date.parse(message.expires_at) : Infinity
  return expires <= takenAt.getTime() ? 'Its link expired before it could be sent.' : undefined
}
