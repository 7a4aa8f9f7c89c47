import type { DescribedAccount, DescribedOrganization, DescribedPerson } from '@keyholder/storage'
import type { WorldAccount, WorldIds, WorldUser } from '@keyholder/world'

/** What an import has to call otherwise than it is called. */
export interface NameChanges {
  readonly account?: string | undefined
  readonly organizations: readonly DescribedOrganization[]
  readonly people: readonly DescribedPerson[]
}

/** Which names of a world's account are not those under which its things are stored, or not stored at all. */
export function nameChanges(
  said: WorldAccount,
  stored: DescribedAccount | undefined,
  ids: WorldIds,
): NameChanges {
  const organizations = new Map(stored?.organizations.map((one) => [one.id, one]))
  const people = new Map(stored?.people.map((one) => [one.id, one]))
  return {
    account: said.name === stored?.name ? undefined : said.name,
    organizations: said.organizations
      .map(({ key, name }) => {
        const id = ids.organization(said.slug, key)
        return { id, key: calledById(key, id) ? (organizations.get(id)?.key ?? key) : key, name }
      })
      .filter((wanted) => !isCalled(wanted, organizations.get(wanted.id))),
    people: said.users
      .map((user) => wantedPerson(user, people.get(ids.user(user.key)), ids))
      .filter((wanted) => !isSamePerson(wanted, people.get(wanted.id))),
  }
}

/** Whether a file calls something by its id, because its own key does not fit a file. */
function calledById(key: string, id: string): boolean {
  return key === id
}

function isCalled(wanted: DescribedOrganization, there: DescribedOrganization | undefined): boolean {
  return there !== undefined && wanted.key === there.key && wanted.name === there.name
}

/**
 * The person that a user of the world stands for. Who has no name is shown by their address; a file calls them by
 * their key. Who was found by their address or id has no external id by which to be known, and gets none.
 */
function wantedPerson(
  { key, email, name }: WorldUser,
  there: DescribedPerson | undefined,
  ids: WorldIds,
): DescribedPerson {
  const id = ids.user(key)
  const isKey = name === key
  const isOwnName = there !== undefined && (key === there.email || key === id)
  return {
    id,
    email,
    name: isKey && (there === undefined || there.name !== key) ? null : name,
    externalId: isOwnName ? there.externalId : key,
  }
}

function isSamePerson(wanted: DescribedPerson, there: DescribedPerson | undefined): boolean {
  return (
    there !== undefined &&
    wanted.email === there.email &&
    wanted.name === there.name &&
    wanted.externalId === there.externalId
  )
}
