import { refuse, succeed, type Result } from '@keyholder/core'
import { WorldFileForm, formFaults } from '@keyholder/contract'
import { noSuchBlueprint, type Blueprints } from './blueprints.ts'
import { frozen } from './frozen.ts'
import type { Fault } from './fault.ts'
import { readSource } from './source.ts'
import { readWorld } from './read-world.ts'
import type { World } from './world.ts'

export interface ReadingOptions {
  /** The name that faults give the file. */
  readonly file: string
  readonly blueprints: Blueprints
  /** From when relative times count, where the file sets no `now`. Milliseconds since 1970. */
  readonly now: number
}

/**
 * Reads a world from YAML or JSON.
 *
 * A file with anything wrong in it is refused whole, with every fault at its line and column, and the nearest known
 * name where a name is unknown.
 */
export function parseWorld(text: string, options: ReadingOptions): Result<World, readonly Fault[]> {
  const { file, blueprints, now } = options
  const source = readSource(text, file)
  if (!source.ok) return source

  const form = WorldFileForm.safeParse(source.value.value)
  if (!form.success)
    return refuse(source.value.place(formFaults(WorldFileForm, source.value.value, form.error)))

  const blueprint = blueprints.find(form.data.blueprint)
  if (!blueprint) {
    const message = noSuchBlueprint(form.data.blueprint, blueprints)
    return refuse(source.value.place([{ path: ['blueprint'], part: 'value', code: 'unknown_name', message }]))
  }
  if (!blueprint.ok) return blueprint

  const { world, faults } = readWorld(form.data, blueprint.value, now)
  return faults.length > 0 ? refuse(source.value.place(faults)) : succeed(frozen(world))
}
