import { refuse, succeed, type Result } from '@keyholder/core'
import { Agent, request } from 'undici'
import { nowhereInside, type AllowedPlaces } from './allowed-places.ts'
import { guardedConnect, resolveBySystem, type ResolveHost } from './guarded-connect.ts'
import { faultOf, type OutsideFault } from './outside-fault.ts'
import { readCapped } from './read-capped.ts'
import { unusable } from './usable-address.ts'

/** What another server answered: never a redirect, and never more than the cap. */
interface OutsideAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

interface OutsideRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The one way in which the server asks anything of the world outside. */
export interface Outside {
  ask(url: string, request?: OutsideRequest): Promise<Result<OutsideAnswer, OutsideFault>>
}

export interface OutsideOptions {
  readonly allowed?: AllowedPlaces
  readonly resolve?: ResolveHost
  /** Milliseconds for everything together: name, connection, answer. */
  readonly longest?: number
  /** Bytes of an answer. */
  readonly largest?: number
}

/**
 * Opens the way outside: over TLS, to public addresses and to those that the operator allows, without following
 * redirects, in at most 10 s and 1 MB.
 *
 * What goes wrong is told by one word, never by what the other side said.
 */
export function openOutside(options: OutsideOptions = {}): Outside {
  const { allowed = nowhereInside, resolve = resolveBySystem } = options
  const { longest = 10_000, largest = 1_048_576 } = options
  const connect = guardedConnect(allowed, resolve, longest)

  return {
    async ask(url, asked = {}) {
      const fault = unusable(url, allowed)
      if (fault) return refuse({ code: fault })

      // Kept for one question: an address is judged at each, and nothing of one customer's is left for the next.
      const agent = new Agent({ connect, pipelining: 0 })
      try {
        const signal = AbortSignal.timeout(longest)
        return await Promise.race([answerOf(agent, url, asked, { signal, largest }), overtaken(signal)])
      } catch (error) {
        return refuse({ code: faultOf(error) })
      } finally {
        agent.destroy().catch(() => undefined)
      }
    },
  }
}

async function answerOf(
  agent: Agent,
  url: string,
  asked: OutsideRequest,
  { signal, largest }: { readonly signal: AbortSignal; readonly largest: number },
): Promise<Result<OutsideAnswer, OutsideFault>> {
  const answer = await request(url, {
    dispatcher: agent,
    method: asked.method ?? 'GET',
    headers: { ...asked.headers, 'accept-encoding': 'identity' },
    body: asked.body ?? null,
    signal,
  })
  const headers = headersOf(answer.headers)

  if (answer.statusCode >= 300 && answer.statusCode < 400) return refuse({ code: 'outside_redirects' })
  // A megabyte that unfolds into a thousand is no megabyte.
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    return refuse({ code: 'outside_answer_unreadable' })
  }
  const body = await readCapped(answer.body, largest)
  return body
    ? succeed({ status: answer.statusCode, headers, body })
    : refuse({ code: 'outside_answer_too_large' })
}

/** Ends the wait also where a connection that is being made does not heed the signal. */
function overtaken(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

function headersOf(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  return headers
}
