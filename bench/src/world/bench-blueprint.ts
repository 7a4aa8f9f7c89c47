import type { Blueprint } from '@keyholder/core'
import { loadBlueprint } from '@keyholder/world'

/** The blueprint that everything here is measured with: the default one. */
export function benchBlueprint(): Blueprint {
  const blueprint = loadBlueprint('network-inventory')
  if (!blueprint.ok) throw new Error('the default blueprint does not load')
  return blueprint.value
}
