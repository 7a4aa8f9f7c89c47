import type { UserId } from '@keyholder/core'
import type { DescribedPerson } from '@keyholder/storage'
import type { WorldUser } from '@keyholder/world'

/**
 * Which of an account's people the users of a world are, by their keys; those who are missing are new.
 *
 * The key is the external id that an earlier import gave them; in an export of people who have none it is their
 * address or id. Who is not known by their key is known by their address.
 */
export function identifyPeople(
  users: readonly WorldUser[],
  people: readonly DescribedPerson[],
): readonly (readonly [key: string, UserId])[] {
  const named = new Map([
    ...people.flatMap(({ id, email }) => [id, email].map((name) => [name, id] as const)),
    ...people.flatMap(({ id, externalId }) => (externalId === null ? [] : [[externalId, id] as const])),
  ])
  const byKey = new Map<string, UserId>()
  const taken = new Set<UserId>()
  for (const { key } of users) take(key, named.get(key))
  for (const { key, email } of users) if (!byKey.has(key)) take(key, named.get(email))
  return [...byKey]

  function take(key: string, id: UserId | undefined) {
    if (id === undefined || taken.has(id)) return
    byKey.set(key, id)
    taken.add(id)
  }
}
