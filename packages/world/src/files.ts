import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuse, type Blueprint, type Result } from '@keyholder/core'
import { isBlueprintPath, noSuchBlueprint, type Blueprints } from './blueprints.ts'
import type { Fault } from './fault.ts'
import { parseBlueprint } from './parse-blueprint.ts'
import { parseWorld } from './parse-world.ts'
import type { World } from './world.ts'

/** The blueprints that come with Keyholder. */
const shippedBlueprints = fileURLToPath(new URL('../../../blueprints/', import.meta.url))

/** Reads a world file, and the blueprint that it names: one that comes with Keyholder, or a path relative to the file. */
export function loadWorldFile(
  path: string,
  { now }: { readonly now: number },
): Result<World, readonly Fault[]> {
  const text = readText(path)
  if (!text.ok) return text
  return parseWorld(text.value, { file: path, blueprints: blueprintFiles(dirname(path)), now })
}

/** Reads a blueprint by its name, or by the path of its file. */
export function loadBlueprint(nameOrPath: string): Result<Blueprint, readonly Fault[]> {
  const blueprints = blueprintFiles('.')
  const found = blueprints.find(nameOrPath)
  if (found) return found
  return refuse([unreadable(nameOrPath, noSuchBlueprint(nameOrPath, blueprints))])
}

/** The blueprints that come with Keyholder, and those at a path relative to this folder. Each file is read once. */
export function blueprintFiles(folder: string): Blueprints {
  const read = new Map<string, Result<Blueprint, readonly Fault[]>>()
  return {
    names: readdirSync(shippedBlueprints)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => basename(name, '.yaml'))
      .toSorted(),
    find: (nameOrPath) => {
      const path = isBlueprintPath(nameOrPath)
        ? resolve(folder, nameOrPath)
        : join(shippedBlueprints, `${nameOrPath}.yaml`)
      const known = read.get(path)
      if (known || !existsSync(path)) return known
      const blueprint = parseFile(path)
      read.set(path, blueprint)
      return blueprint
    },
  }
}

function parseFile(path: string): Result<Blueprint, readonly Fault[]> {
  const text = readText(path)
  return text.ok ? parseBlueprint(text.value, { file: path }) : text
}

function readText(path: string): Result<string, readonly Fault[]> {
  try {
    return { ok: true, value: readFileSync(path, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (reason === undefined) throw error
    return refuse([
      unreadable(path, reason === 'ENOENT' ? 'there is no such file' : `it cannot be read (${reason})`),
    ])
  }
}

function unreadable(file: string, message: string): Fault {
  return { file, line: 1, column: 1, code: 'file_unreadable', message }
}
