import { blueprintFiles, faultLine, parseWorld, type World } from '@keyholder/world'
import { accountForm, partner, partnerOf, victim } from './arena.ts'

/** The victim, accounts like it to attack from, and the partners that these are connected with. */
export function attackWorld(slugs: readonly string[]): World {
  const accounts = Object.fromEntries([victim, ...slugs].map((slug) => [slug, accountForm(slug)]))
  const partners = {
    [partner]: partnerForm(partner, slugs),
    [partnerOf(victim)]: partnerForm(partnerOf(victim), [victim]),
  }
  const text = JSON.stringify({ blueprint: 'network-inventory', accounts: { ...accounts, ...partners } })
  const world = parseWorld(text, { file: 'attack-world', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(world.refusal.map(faultLine).join('\n'))
  return world.value
}

/** Lets each of them in when they say yes, and has somebody in each of them. */
function partnerForm(slug: string, guests: readonly string[]) {
  return {
    users: {
      [`${slug}-otto`]: { superuser: true },
      ...Object.fromEntries(guests.map((guest) => [`${slug}-${guest}`, {}])),
    },
    connections: Object.fromEntries(
      guests.map((guest) => [guest, { maximum: 'viewer', status: 'proposed' }]),
    ),
  }
}
