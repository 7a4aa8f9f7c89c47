import { unknownName } from '@keyholder/contract'
import { refuse, succeed, type Blueprint, type Result } from '@keyholder/core'

export interface ScopeRefusal {
  readonly code: 'scope_unknown'
  readonly scope: string
  readonly sentence: string
}

/** The permissions that scopes name, as they are stored: a permission in either form, `asset.*` or `*`. */
export function scopeForms(
  blueprint: Blueprint,
  scopes: readonly string[],
): Result<readonly string[], ScopeRefusal> {
  const forms = new Set<string>()
  for (const scope of scopes) {
    const named = formsOf(blueprint, scope)
    if (named.length === 0) {
      const sentence = unknownName('permission', scope, ['*', ...blueprint.bits.keys()])
      return refuse({ code: 'scope_unknown', scope, sentence })
    }
    for (const form of named) forms.add(form)
  }
  return succeed([...forms])
}

function formsOf({ permissions, bits }: Blueprint, scope: string): readonly string[] {
  if (scope === '*') return permissions.map(({ key }) => key)
  if (scope.endsWith('.*')) {
    return permissions.filter(({ resource }) => `${resource}.*` === scope).map(({ key }) => key)
  }
  return bits.has(scope) ? [scope] : []
}
