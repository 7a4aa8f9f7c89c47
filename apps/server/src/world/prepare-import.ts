import {
  refuse,
  succeed,
  type AccountFacts,
  type AccountId,
  type Blueprint,
  type Result,
} from '@keyholder/core'
import { databaseTime, findDeployment, ownersOfAddresses, type Deployment, type Tx } from '@keyholder/storage'
import { factsOfWorld, type World } from '@keyholder/world'
import type { NewId } from '../new-id.ts'
import { runsOn } from '../settle-blueprint.ts'
import { accessDifference } from './access-difference.ts'
import { losesSuperuser, type ImportStep } from './bring-about.ts'
import { identifyWorld } from './identify-world.ts'
import type { ImportRefusal } from './import-refusal.ts'
import { readStored, type StoredAccounts } from './read-stored.ts'
import { wantedFacts } from './wanted-facts.ts'

/** What is to be done, unless what the world says cannot be brought about. */
export async function prepareImport(
  tx: Tx,
  world: World,
  newId: NewId,
): Promise<Result<readonly ImportStep[], ImportRefusal>> {
  const { blueprint } = world
  const deployment = await findDeployment(tx)
  const other = deployment && otherBlueprint(deployment, blueprint)
  if (other) return refuse(other)

  const stored = await readStored(
    tx,
    blueprint,
    world.accounts.map(({ slug }) => slug),
  )
  const ids = identifyWorld(world, stored, newId)
  const facts = factsOfWorld(world, ids).accounts
  const accounts = new Set(facts.keys())
  const steps = world.accounts.flatMap((account): ImportStep[] => {
    const said = facts.get(ids.account(account.slug))
    if (!said) return []
    const related = relatedTo(said, stored.get(account.slug)?.part)
    return [{ blueprint, account, said, ids, accounts, related, newId }]
  })

  const refusal = (await takenAddress(tx, world)) ?? lostSuperuser(steps, stored, await databaseTime(tx))
  return refusal ? refuse(refusal) : succeed(steps)
}

/** The account itself, and those in whose logs its connections stand. */
function relatedTo(...states: readonly (AccountFacts | undefined)[]): readonly AccountId[] {
  const accounts = states.flatMap((state) =>
    state ? [state.id, ...state.connections.map(({ guest }) => guest)] : [],
  )
  return [...new Set(accounts)].toSorted()
}

async function takenAddress(tx: Tx, world: World): Promise<ImportRefusal | undefined> {
  const homes = new Map(
    world.accounts.flatMap(({ slug, users }) => users.map(({ email }) => [email, slug] as const)),
  )
  const owners = await ownersOfAddresses(tx, [...homes.keys()])
  const taken = owners.find(({ email, slug }) => homes.get(email) !== slug)
  return taken && { code: 'address_taken', email: taken.email, account: taken.slug }
}

function lostSuperuser(
  steps: readonly ImportStep[],
  stored: StoredAccounts,
  at: number,
): ImportRefusal | undefined {
  const lost = steps.find(({ blueprint, account, said }) => {
    const there = stored.get(account.slug)
    if (!there) return false
    const wanted = wantedFacts(said, { ...there, delegated: new Set() })
    return losesSuperuser(
      blueprint,
      { before: there.whole, changes: accessDifference(there.part, wanted) },
      at,
    )
  })
  return lost && { code: 'last_superuser', account: lost.account.slug }
}

/** Why a world cannot be imported into a deployment that runs on another blueprint. */
export function otherBlueprint(deployment: Deployment, blueprint: Blueprint): ImportRefusal | undefined {
  if (runsOn(deployment, blueprint)) return undefined
  return { code: 'blueprint_differs', deployment: deployment.blueprint.name, world: blueprint.name }
}
