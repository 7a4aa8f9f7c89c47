import { canonicalName, createGroup } from '@keyholder/core'
import type { Path } from './fault.ts'
import { fault, type AccountReading } from './reading.ts'
import { readGroupMember } from './read-subject.ts'
import { worldIds } from './world-ids.ts'
import type { WorldGroup } from './world.ts'

/** The groups of an account, by the rules that hold when they are made one by one. */
export function readGroups(reading: AccountReading): WorldGroup[] {
  const names = new Set<string>()
  return Object.entries(reading.account.groups ?? {}).map(([key, written]) => {
    const { name = key, kind = 'manual' } = written
    const path = [...reading.path, 'groups', key]
    const part = written.name === undefined ? 'key' : 'value'
    const called = written.name === undefined ? path : [...path, 'name']

    if (!createGroup({ id: worldIds.group(reading.slug, key), key, name, kind }, []).ok) {
      fault(reading, called, 'wrong_form', `\`${name}\` holds characters that do not show`, part)
    } else if (names.has(canonicalName(name))) {
      fault(reading, called, 'not_unique', `another group is called \`${name}\``, part)
    }
    names.add(canonicalName(name))
    return { key, name, kind, members: readMembers(reading, [...path, 'members'], written.members ?? []) }
  })
}

function readMembers(reading: AccountReading, path: Path, written: readonly string[]): WorldGroup['members'] {
  const once = new Set<string>()
  return written.map((text, index) => {
    if (once.has(text)) fault(reading, [...path, index], 'not_unique', `\`${text}\` is in this group already`)
    once.add(text)
    return readGroupMember(reading, [...path, index], text)
  })
}
