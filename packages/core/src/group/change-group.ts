import type { AccessChange } from '../access/access-change.ts'
import type { GroupId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { canonicalName } from '../role/canonical-name.ts'
import type { Group } from './group.ts'

type Named = Pick<Group, 'id' | 'key' | 'name'>

export type GroupNameRefusal =
  | { readonly code: 'group_name_malformed' }
  | { readonly code: 'group_name_taken'; readonly group: GroupId }

/** Makes an empty group. */
export function createGroup(
  group: Omit<Group, 'members'>,
  groups: Iterable<Named>,
): Result<readonly AccessChange[], GroupNameRefusal> {
  const fault = faultInNames(group, groups)
  return fault ? refuse(fault) : succeed([{ kind: 'group_set', group }])
}

/** Gives a group another name; its key, kind and members stay. */
export function renameGroup(
  { id, key, kind }: Omit<Group, 'members'>,
  name: string,
  groups: Iterable<Named>,
): Result<readonly AccessChange[], GroupNameRefusal> {
  const fault = faultInNames({ id, key, name }, groups)
  return fault ? refuse(fault) : succeed([{ kind: 'group_set', group: { id, key, kind, name } }])
}

function faultInNames({ id, key, name }: Named, groups: Iterable<Named>): GroupNameRefusal | undefined {
  const isWellFormed = canonicalName(name) !== '' && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)
  if (!isWellFormed) return { code: 'group_name_malformed' }

  for (const group of groups) {
    if (group.id === id) continue
    const isSame =
      canonicalName(group.name) === canonicalName(name) || canonicalName(group.key) === canonicalName(key)
    if (isSame) return { code: 'group_name_taken', group: group.id }
  }
  return undefined
}
