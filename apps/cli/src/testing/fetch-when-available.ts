import { setTimeout as wait } from 'node:timers/promises'

/** Fetches as a client does that heeds a 503: the node was too busy to answer, and is asked again. */
export async function fetchWhenAvailable(url: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const response = await fetch(url, init)
    if (response.status !== 503) return response
    await response.text()
    await wait(50)
  }
}
