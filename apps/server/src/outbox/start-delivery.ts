import { setTimeout as wait } from 'node:timers/promises'
import { deliverMails, type DeliveryDeps, type Round } from './deliver-mails.ts'

/** In milliseconds. */
export interface DeliveryPace {
  /** Between two looks into an outbox in which nothing is due. */
  readonly look: number
  /** The longest between two tries of a server that cannot be reached. */
  readonly longest: number
}

const usualPace: DeliveryPace = { look: 1_000, longest: 60_000 }

/** Sends what comes into the outbox, for as long as the node runs. Returns how to stop it: what is under way is finished. */
export function startDelivery(deps: DeliveryDeps, pace: DeliveryPace = usualPace): () => Promise<void> {
  const ended = new AbortController()
  const running = deliverUntil(ended.signal, deps, pace)
  return async () => {
    ended.abort()
    await running
    deps.transport.close()
  }
}

async function deliverUntil(ended: AbortSignal, deps: DeliveryDeps, pace: DeliveryPace): Promise<void> {
  let pause = pace.look
  while (!ended.aborted) {
    const round = await deliverMails(deps).catch((error: unknown) => failed(deps, error))
    tellOfChange(deps, pause > pace.look, round)
    if (round.unreachable !== undefined) pause = Math.min(pause * 2, pace.longest)
    else if (round.tried > 0) pause = pace.look
    if (round.tried === 0 || round.unreachable !== undefined) {
      await wait(pause, undefined, { signal: ended, ref: false }).catch(() => {})
    }
  }
}

/** Without the database there is nothing to send, and nothing is lost. */
function failed({ log }: DeliveryDeps, error: unknown): Round {
  log.warn({ err: error }, 'the outbox could not be worked on')
  return { tried: 0 }
}

function tellOfChange({ log }: DeliveryDeps, wasUnreachable: boolean, { tried, unreachable }: Round): void {
  if (unreachable !== undefined && !wasUnreachable) {
    log.warn({ reason: unreachable }, 'the mail server cannot be used; mails wait')
  }
  if (unreachable === undefined && wasUnreachable && tried > 0) log.info('the mail server is back')
}
