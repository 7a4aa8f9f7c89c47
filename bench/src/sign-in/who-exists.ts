import type { DemoServer } from './demo-server.ts'

/** Of each kind; the demo has 34 people, of whom each is tried fewer times than there are guesses. */
const samples = 300

/** Milliseconds that a wrong password takes, for people who exist and for made-up ones, in turns. */
export async function timeWhoExists({ url, people }: DemoServer) {
  const taken: Record<'real' | 'madeUp', number[]> = { real: [], madeUp: [] }
  for (let sample = 0; sample < samples; sample++) {
    const person = people[sample % people.length]
    if (!person) throw new Error('the demo has people')
    const [name = '', domain = ''] = person.email.split('@')
    const madeUp = `${name.split('').toReversed().join('')}x@${domain}`
    // Each from an address of its own and each person a few times only, so that no limit is reached.
    const order = sample % 2 === 0 ? (['real', 'madeUp'] as const) : (['madeUp', 'real'] as const)
    for (const kind of order) {
      const email = kind === 'real' ? person.email : madeUp
      taken[kind].push(await tryPassword(url, email, `10.${sample >> 8}.${sample & 255}.1`))
    }
  }
  const [real, made] = [median(taken.real), median(taken.madeUp)]
  return { samples, real, madeUp: made, gap: Math.abs(real - made) }
}

async function tryPassword(url: string, email: string, from: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(`${url}/api/v1/sign-in/password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ email, password: 'not the one that it is' }),
  })
  await answer.text()
  const took = performance.now() - began
  if (answer.status !== 401) throw new Error(`a wrong password was answered ${answer.status}`)
  return took
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? Number.NaN
}
