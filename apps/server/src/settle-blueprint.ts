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
} from '@keyholder/storage'
import { loadBlueprint } from '@keyholder/world'

export interface Settled {
  readonly blueprint: Blueprint
  /** Seals the positions in lists that leave the server. */
  readonly cursorSecret: Buffer
}

const usual = 'network-inventory'

/**
 * The blueprint that the deployment runs on: the wanted one, else the one that the database was made with, else the
 * usual one. Another one than before takes its place; what it does not know any more gives nothing.
 */
export async function settleBlueprint(
  db: Database,
  wanted: Blueprint | undefined,
  log: FastifyBaseLogger,
): Promise<Settled> {
  return transaction(db, 'deployment', async (tx) => {
    const existing = await findDeployment(tx)
    if (existing && !wanted)
      return { blueprint: resolve(existing.blueprint), cursorSecret: existing.cursorSecret }

    const blueprint = wanted ?? load(usual)
    const blueprintHash = hashOf(blueprint.file)
    const deployment = await openDeployment(tx, {
      id: `dep_${randomBytes(10).toString('hex')}`,
      blueprint: blueprint.file,
      blueprintHash,
    })
    if (deployment.blueprintHash !== blueprintHash) {
      await replaceBlueprint(tx, { blueprint: blueprint.file, blueprintHash })
      log.warn(`The deployment's blueprint is now "${blueprint.name}".`)
    }
    return { blueprint, cursorSecret: deployment.cursorSecret }
  })
}

function load(name: string): Blueprint {
  const loaded = loadBlueprint(name)
  if (!loaded.ok) throw new Error(`the blueprint ${name} cannot be read`)
  return loaded.value
}

function resolve(file: BlueprintFile): Blueprint {
  const resolved = resolveBlueprint(file)
  if (!resolved.ok) throw new Error('the blueprint in the database is not one that this version understands')
  return resolved.value
}

function hashOf(file: BlueprintFile): string {
  return createHash('sha256')
    .update(canonicalJson(file as unknown as Json))
    .digest('hex')
}
