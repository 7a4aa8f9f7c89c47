import { canonicalName } from '@keyholder/core'
import type { AccountId, GrantId, UserId } from '@keyholder/core'
import type { World, WorldIds } from '@keyholder/world'
import type { NewId } from '../new-id.ts'
import { identifyPeople } from './identify-people.ts'
import { isOver } from './part-in-world.ts'
import type { StoredAccount, StoredAccounts } from './read-stored.ts'

/**
 * The ids of a world's things: those that they are stored under, and new ones for the rest, each time the same.
 *
 * Things are known by their keys. What has no key that fits a file is called by its id in an export, and is known by
 * that again.
 */
export function identifyWorld(world: World, stored: StoredAccounts, newId: NewId): WorldIds {
  const inAccounts = <Id extends string>(
    kind: Parameters<NewId>[0],
    named: (account: StoredAccount) => readonly { readonly id: Id; readonly key: string }[],
    form: (key: string) => string = (key) => key,
  ) => {
    const known = [...stored.values()].flatMap((account) =>
      named(account).flatMap(({ id, key }) =>
        [id, key].map((name) => [`${account.slug}/${form(name)}`, id] as const),
      ),
    )
    const idOf = remembering(known, () => newId<Id>(kind))
    return (slug: string, key: string) => idOf(`${slug}/${form(key)}`)
  }
  const accounts = [...stored.values()].map(({ slug, id }) => [slug, id] as const)
  const people = world.accounts.flatMap(({ slug, users }) =>
    identifyPeople(users, stored.get(slug)?.people ?? []),
  )
  const grant = remembering<GrantId>([], () => newId('grant'))

  return {
    account: remembering<AccountId>(accounts, () => newId('account')),
    user: remembering<UserId>(people, () => newId('user')),
    organization: inAccounts('organization', ({ organizations }) => organizations),
    customRole: inAccounts('role', ({ part }) => part.roles, canonicalName),
    group: inAccounts('group', ({ part }) => part.groups),
    connection: inAccounts('connection', (account) => goingOn(world, account, new Map(accounts))),
    grant: (slug, number) => grant(`${slug}/${number}`),
  }
}

/** An id for each name: the known one, or a new one that is kept. */
function remembering<Id extends string>(known: Iterable<readonly [string, Id]>, make: () => Id) {
  const ids = new Map(known)
  return (name: string): Id => {
    const id = ids.get(name) ?? make()
    ids.set(name, id)
    return id
  }
}

/** The connections that the world goes on with, by the guest's slug; one that is over does not begin anew. */
function goingOn(world: World, { slug, part }: StoredAccount, accounts: ReadonlyMap<string, AccountId>) {
  const wanted = world.accounts.find((account) => account.slug === slug)?.connections ?? []
  return wanted.flatMap(({ guest, status }) => {
    const there = part.connections.find((connection) => connection.guest === accounts.get(guest))
    return there && (isOver({ status }) || !isOver(there)) ? [{ id: there.id, key: guest }] : []
  })
}
