import autocannon from 'autocannon'

export interface Target {
  readonly name: string
  readonly version: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** How many questions one request carries. */
  readonly questions: number
  /** Whether an answer is the right one; asked once, before anything is counted. */
  readonly isRight: (answer: string) => boolean
}

export interface Load {
  readonly connections: number
  readonly seconds: number
}

export interface Counted {
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
}

/** Sends one request and holds the answer against what it has to be. */
export async function demandRightAnswer({ name, url, headers, body, isRight }: Target): Promise<void> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const text = await reply.text()
  if (reply.status !== 200 || !isRight(text))
    throw new Error(`${name} answered ${reply.status}: ${text.slice(0, 500)}`)
}

/** Sends as many requests as the connections carry, for so long; an answer that is not 200 spoils the round. */
export async function count(
  { name, url, headers, body }: Target,
  { connections, seconds }: Load,
): Promise<Counted> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    connections,
    duration: seconds,
  })
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed > 0) throw new Error(`${failed} requests to ${name} failed`)
  return { requestsPerSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}
