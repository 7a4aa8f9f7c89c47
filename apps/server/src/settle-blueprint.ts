import { createHash, randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import {
  canonicalJson,
  resolveBlueprint,
  type Blueprint,
  type BlueprintFile,
  type Json,
} from '@keyholder/core'
import {
  findDeployment,
  openDeployment,
  replaceBlueprint,
  transaction,
  type Database,
  type Deployment,
} from '@keyholder/storage'
import { loadBlueprint } from '@keyholder/world'

export interface Settled {
  readonly blueprint: Blueprint
  /** Seals the positions in lists that leave the server. */
  readonly cursorSecret: Buffer
}

const usual = 'network-inventory'

/** The blueprints that a node is started with. */
export interface BlueprintChoice {
  /** The one to run on from now on, whatever the database was made with. */
  readonly blueprint?: Blueprint | undefined
  /** The one for a database that was made with none yet. */
  readonly firstBlueprint?: Blueprint | undefined
}

/**
 * The blueprint that the deployment runs on: the chosen one, else the one that the database was made with, else the
 * usual one. Another one than before takes its place; what it does not know any more gives nothing.
 */
export async function settleBlueprint(
  db: Database,
  choice: BlueprintChoice,
  log: FastifyBaseLogger,
): Promise<Settled> {
  return transaction(db, 'deployment', async (tx) => {
    const existing = await findDeployment(tx)
    if (existing && !choice.blueprint)
      return { blueprint: storedBlueprint(existing), cursorSecret: existing.cursorSecret }

    const blueprint = choice.blueprint ?? choice.firstBlueprint ?? load(usual)
    const deployment = await openDeployment(tx, firstDeployment(blueprint))
    if (!runsOn(deployment, blueprint)) {
      await replaceBlueprint(tx, { blueprint: blueprint.file, blueprintHash: hashOf(blueprint.file) })
      log.warn(`The deployment's blueprint is now "${blueprint.name}".`)
    }
    return { blueprint, cursorSecret: deployment.cursorSecret }
  })
}

/** A deployment that is made on this blueprint. */
export function firstDeployment({ file }: Blueprint): Pick<Deployment, 'id' | 'blueprint' | 'blueprintHash'> {
  return { id: `dep_${randomBytes(10).toString('hex')}`, blueprint: file, blueprintHash: hashOf(file) }
}

/** Whether a deployment runs on this very blueprint. */
export function runsOn({ blueprintHash }: Deployment, { file }: Blueprint): boolean {
  return blueprintHash === hashOf(file)
}

function load(name: string): Blueprint {
  const loaded = loadBlueprint(name)
  if (!loaded.ok) throw new Error(`the blueprint ${name} cannot be read`)
  return loaded.value
}

/** The blueprint that a deployment runs on. */
export function storedBlueprint({ blueprint }: Deployment): Blueprint {
  const resolved = resolveBlueprint(blueprint)
  if (!resolved.ok) throw new Error('the blueprint in the database is not one that this version understands')
  return resolved.value
}

function hashOf(file: BlueprintFile): string {
  return createHash('sha256')
    .update(canonicalJson(file as unknown as Json))
    .digest('hex')
}
