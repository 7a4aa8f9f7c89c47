import { refuse, resolveBlueprint, type Blueprint, type BlueprintFault, type Result } from '@keyholder/core'
import { BlueprintFileForm, formFaults, unknownName } from '@keyholder/contract'
import type { Fault, PathFault } from './fault.ts'
import { readSource } from './source.ts'

/**
 * Reads a blueprint from YAML or JSON, with every pattern resolved.
 *
 * Refused whole, with every fault at its line and column.
 */
export function parseBlueprint(
  text: string,
  { file }: { readonly file: string },
): Result<Blueprint, readonly Fault[]> {
  const source = readSource(text, file)
  if (!source.ok) return source

  const form = BlueprintFileForm.safeParse(source.value.value)
  if (!form.success)
    return refuse(source.value.place(formFaults(BlueprintFileForm, source.value.value, form.error)))

  const blueprint = resolveBlueprint(form.data)
  return blueprint.ok ? blueprint : refuse(source.value.place(blueprint.refusal.map(pathFault)))
}

function pathFault(fault: BlueprintFault): PathFault {
  const { path } = fault
  switch (fault.code) {
    case 'pattern_unknown':
      return {
        path,
        part: 'value',
        code: 'unknown_name',
        message: unknownName('permission', fault.pattern, fault.known),
      }
    case 'resource_reserved': {
      const message = `\`${fault.resource}\` is one of Keyholder's own resources; choose another name`
      return { path, part: 'key', code: 'reserved_name', message }
    }
    case 'name_malformed': {
      const message = `\`${fault.name}\` has to be lower-case letters, digits and \`_\`, and begin with a letter`
      return { path, part: 'key', code: 'wrong_form', message }
    }
  }
}
