import { UserKey, key as Key } from '@keyholder/contract'
import { refuse, succeed, type AccountFacts, type Blueprint, type Result, type UserId } from '@keyholder/core'
import { transaction, type Database, type DescribedPerson } from '@keyholder/storage'
import { worldOfFacts, type World } from '@keyholder/world'
import { inOrder } from './in-order.ts'
import { readStored, type StoredAccount } from './read-stored.ts'

export interface ExportDeps {
  readonly db: Database
  readonly blueprint: Blueprint
  /** What the file calls the blueprint by. */
  readonly blueprintName: string
}

export interface ExportRefusal {
  readonly code: 'account_unknown'
  readonly slug: string
}

/**
 * The world of these accounts at this moment, everything in the order of its keys; to import it changes nothing.
 *
 * What ties them to other accounts is left out, because a file refers to nothing outside of it.
 */
export async function exportWorld(
  { db, blueprint, blueprintName }: ExportDeps,
  slugs: readonly string[],
): Promise<Result<World, ExportRefusal>> {
  const wanted = [...new Set(slugs)].toSorted()
  const stored = await transaction(db, 'deployment', (tx) => readStored(tx, blueprint, wanted), {
    readOnly: true,
    snapshot: true,
    statementTimeout: 600_000,
  })
  const missing = wanted.find((slug) => !stored.has(slug))
  if (missing !== undefined) return refuse({ code: 'account_unknown', slug: missing })

  const accounts = [...stored.values()]
  const facts = { blueprint, accounts: new Map(accounts.map((one) => [one.id, fittingKeys(one.part)])) }
  const world = worldOfFacts(facts, namesOf(accounts, blueprintName))
  return succeed({ ...world, accounts: world.accounts.map(inOrder) })
}

/** Roles and groups go by their ids where their own keys do not fit a file. */
function fittingKeys(facts: AccountFacts): AccountFacts {
  const called = <Thing extends { readonly id: string; readonly key: string }>(thing: Thing): Thing =>
    Key.safeParse(thing.key).success ? thing : { ...thing, key: thing.id }
  return { ...facts, roles: facts.roles.map(called), groups: facts.groups.map(called) }
}

function namesOf(accounts: readonly StoredAccount[], blueprint: string): Parameters<typeof worldOfFacts>[1] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const organizations = new Map(
    accounts.flatMap((account) => account.organizations.map((one) => [one.id, one])),
  )
  const people = new Map(accounts.flatMap((account) => account.people.map((one) => [one.id, one])))
  const keys = keysOfPeople([...people.values()])
  return {
    blueprint,
    account: (id) => {
      const { slug, name } = known(byId.get(id), id)
      return { slug, name }
    },
    organization: (id) => {
      const { key, name } = known(organizations.get(id), id)
      return { key: Key.safeParse(key).success ? key : id, name }
    },
    user: (id) => {
      const { email, name } = known(people.get(id), id)
      const key = known(keys.get(id), id)
      return { key, email, name: name ?? key }
    },
  }
}

/** Their external ids; of those who have none, or one that another has too or that fits no file, their address or id. */
function keysOfPeople(people: readonly DescribedPerson[]): ReadonlyMap<UserId, string> {
  const times = new Map<string, number>()
  for (const { externalId } of people) {
    if (externalId !== null) times.set(externalId, (times.get(externalId) ?? 0) + 1)
  }
  const fits = (name: string | null): name is string => UserKey.safeParse(name).success
  return new Map(
    people.map(({ id, email, externalId }) => {
      const isOwn = externalId !== null && times.get(externalId) === 1
      if (isOwn && fits(externalId)) return [id, externalId]
      return [id, fits(email) && !times.has(email) ? email : id]
    }),
  )
}

function known<Thing>(thing: Thing | undefined, id: string): Thing {
  if (thing === undefined) throw new Error(`\`${id}\` is stored without a name`)
  return thing
}
