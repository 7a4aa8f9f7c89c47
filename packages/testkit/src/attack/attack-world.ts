import { blueprintFiles, faultLine, parseWorld, type World } from '@keyholder/world'
import { accountForm, newcomer, partner, partnerOf, restingOf, victim } from './arena.ts'

/** The victim, accounts like it to attack from, and the partners that these are connected with. */
export function attackWorld(slugs: readonly string[]): World {
  const accounts = Object.fromEntries([victim, ...slugs].map((slug) => [slug, accountForm(slug)]))
  const partners = {
    [partner]: partnerForm(partner, slugs),
    [partnerOf(victim)]: partnerForm(partnerOf(victim), [victim]),
    ...Object.fromEntries(
      [restingOf(partner), restingOf(victim), newcomer].map((slug) => [slug, partnerForm(slug, [])]),
    ),
  }
  const text = JSON.stringify({ blueprint: 'network-inventory', accounts: { ...accounts, ...partners } })
  const world = parseWorld(text, { file: 'attack-world', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(world.refusal.map(faultLine).join('\n'))
  return world.value
}

/** Lets each of them in when they say yes, and has somebody in each of them. */
function partnerForm(slug: string, guests: readonly string[]) {
  return {
    organizations: { [`${slug}-one`]: {} },
    groups: { [`${slug}-field`]: { members: [] } },
    users: {
      [`${slug}-otto`]: { superuser: true },
      ...Object.fromEntries(guests.map((guest) => [`${slug}-${guest}`, {}])),
    },
    connections: Object.fromEntries(guests.map((guest) => [guest, { maximum: 'user', status: 'proposed' }])),
  }
}
