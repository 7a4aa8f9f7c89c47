import { canonicalJson, type Blueprint, type Json } from '@keyholder/core'
import type { Database } from '@keyholder/storage'
import type { World } from '@keyholder/world'
import { UsageError } from '../command.ts'
import { bringIn } from './bring-in.ts'
import { readDemoFile, writeDemoFile, type DemoFile } from './demo-file.ts'
import { openDemo } from './open-demo.ts'

/** The world that a node begins with. */
export interface Beginning {
  readonly world: World
  /** Whether somebody asked for this world; else it is the demo, which is only for a database with nothing in it. */
  readonly isWanted: boolean
  readonly dataFolder: string
  /** Where its keys and people are written down. */
  readonly file: string
  readonly baseUrl: string
}

/** Brings the world in where there is nothing yet, and writes down its keys and people; nothing where others are there. */
export async function beginWith(
  { world, isWanted, dataFolder, file, baseUrl }: Beginning,
  db: Database,
  blueprint: Blueprint,
): Promise<DemoFile | undefined> {
  if (!isWanted && !isSame(blueprint, world.blueprint)) return undefined

  const presence = await bringIn(db, world, dataFolder)
  if (presence === 'others') {
    if (!isWanted) return undefined
    throw new UsageError(
      'the database holds other accounts already: bring the world in with `keyholder import`, or choose another database or data folder',
    )
  }
  const demo = { base_url: baseUrl, ...(await openDemo({ db, blueprint }, world, await readDemoFile(file))) }
  await writeDemoFile(file, demo)
  return demo
}

function isSame(a: Blueprint, b: Blueprint): boolean {
  return canonicalJson(a.file as unknown as Json) === canonicalJson(b.file as unknown as Json)
}
