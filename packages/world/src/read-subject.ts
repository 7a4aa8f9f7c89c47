import { unknownName } from '@keyholder/contract'
import type { Path } from './fault.ts'
import { fault, refer, type AccountReading } from './reading.ts'
import type { WorldGroupMember, WorldSubject } from './world.ts'

/** Reads a user's key, `group:<key>` or `connection:<guest slug>`. */
export function readSubject(reading: AccountReading, path: Path, text: string): WorldSubject {
  if (!text.startsWith('group:')) return readGroupMember(reading, path, text)
  const key = text.slice('group:'.length)
  refer(reading, path, 'group', key, reading.groups)
  return { kind: 'group', key }
}

/** Reads a user's key or `connection:<guest slug>`. */
export function readGroupMember(reading: AccountReading, path: Path, text: string): WorldGroupMember {
  if (text.startsWith('connection:')) {
    const guest = text.slice('connection:'.length)
    refer(reading, path, 'connection', guest, reading.guests)
    return { kind: 'connection', guest }
  }
  if (text.startsWith('group:')) {
    fault(reading, path, 'not_allowed', 'a group takes users and connections, and no other group')
  } else if (!reading.members.has(text)) {
    fault(reading, path, 'unknown_name', notAMember(reading, text))
  }
  return { kind: 'user', key: text }
}

function notAMember({ homes, members, slug }: AccountReading, key: string): string {
  const home = homes.get(key)
  if (home === undefined) return unknownName('user', key, members)
  return `\`${key}\` is at home in \`${home}\`; list them under \`external\` of \`${slug}\` first`
}
