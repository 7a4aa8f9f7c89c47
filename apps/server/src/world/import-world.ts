import { refuse, succeed, type AccountId, type Result, type UserId } from '@keyholder/core'
import { deleteUser, openDeployment, transaction, type Database } from '@keyholder/storage'
import type { World } from '@keyholder/world'
import type { NewId } from '../new-id.ts'
import { firstDeployment } from '../settle-blueprint.ts'
import { bringAbout, type Done, type Extent, type ImportStep } from './bring-about.ts'
import type { ImportRefusal } from './import-refusal.ts'
import { otherBlueprint, prepareImport } from './prepare-import.ts'

export interface ImportDeps {
  readonly db: Database
  readonly newId: NewId
}

export interface ImportedAccount {
  readonly slug: string
  readonly id: AccountId
  /** Where nothing had to change, nothing was written either. */
  readonly changed: boolean
}

/** One statement may write what a whole account holds. */
const statementTimeout = 600_000

/**
 * Brings the accounts of a world to the state that it says; importing it again changes nothing.
 *
 * What a world cannot say is left as it is: other accounts and what ties these to them, API keys, invitations,
 * settings, the log. A world that is refused by what it says changes nothing; one that meets a change made at the same
 * time may be imported in part, and is imported again.
 */
export async function importWorld(
  { db, newId }: ImportDeps,
  world: World,
): Promise<Result<readonly ImportedAccount[], ImportRefusal>> {
  const prepared = await transaction(db, 'deployment', (tx) => prepareImport(tx, world, newId), {
    readOnly: true,
    snapshot: true,
    statementTimeout,
  })
  if (!prepared.ok) return prepared
  const claimed = await claimBlueprint(db, world)
  if (claimed) return refuse(claimed)

  const carried = await carryOutAll(db, prepared.value)
  if (!carried.ok) return carried
  await endLogins(
    db,
    carried.value.flatMap(({ left }) => left),
  )
  const changed = new Set(
    carried.value.flatMap(({ account, changed: isChanged }) => (isChanged ? [account] : [])),
  )
  return succeed(
    prepared.value.map(({ account: { slug }, said: { id } }) => ({ slug, id, changed: changed.has(id) })),
  )
}

/**
 * Each account is written in transactions of its own, and what accounts refer to in each other stands in between:
 * first the accounts, their people and groups; then all else; then the groups go that others named until a moment ago.
 */
async function carryOutAll(
  db: Database,
  steps: readonly ImportStep[],
): Promise<Result<readonly Done[], ImportRefusal>> {
  const foundations = await carryOutEach(db, steps.length > 1 ? steps : [], 'foundation')
  if (!foundations.ok) return foundations
  const wholes = await carryOutEach(db, steps, 'whole')
  if (!wholes.ok) return wholes

  const keeping = new Set(wholes.value.flatMap(({ account, keepsGroups }) => (keepsGroups ? [account] : [])))
  const rests = await carryOutEach(
    db,
    steps.filter(({ said }) => keeping.has(said.id)),
    'whole',
  )
  return rests.ok ? succeed([...foundations.value, ...wholes.value, ...rests.value]) : rests
}

async function carryOutEach(
  db: Database,
  steps: readonly ImportStep[],
  extent: Extent,
): Promise<Result<readonly Done[], ImportRefusal>> {
  const all: Done[] = []
  for (const step of steps) {
    const done = await carryOut(db, step, extent)
    if (!done.ok) return done
    all.push(done.value)
  }
  return succeed(all)
}

/** The deployment runs on the world's blueprint: from now on where it ran on none yet. */
async function claimBlueprint(db: Database, { blueprint }: World): Promise<ImportRefusal | undefined> {
  return transaction(db, 'deployment', async (tx) => {
    const deployment = await openDeployment(tx, firstDeployment(blueprint))
    return otherBlueprint(deployment, blueprint)
  })
}

/** Who is a member of no account any more has no login either. */
async function endLogins(db: Database, people: readonly UserId[]): Promise<void> {
  if (people.length === 0) return
  await transaction(db, 'deployment', async (tx) => {
    for (const person of people) await deleteUser(tx, person)
  })
}

async function carryOut(
  db: Database,
  step: ImportStep,
  extent: Extent,
): Promise<Result<Done, ImportRefusal>> {
  try {
    return await transaction(db, step.related, (tx) => bringAbout(tx, step, extent), { statementTimeout })
  } catch (error) {
    const detail = takenName(error)
    if (detail === undefined) throw error
    return refuse({ code: 'name_taken', account: step.account.slug, detail })
  }
}

/** What a unique constraint says of the two that are alike. */
function takenName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return undefined
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message
}
