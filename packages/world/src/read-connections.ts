import { unknownName } from '@keyholder/contract'
import { boundOrganizations } from './read-grants.ts'
import { fault, readBounds, refer, type AccountReading } from './reading.ts'
import type { WorldConnection } from './world.ts'

/** The accounts that this one lets in. */
export function readConnections(reading: AccountReading): WorldConnection[] {
  return Object.entries(reading.account.connections ?? {}).map(([guest, connection]) => {
    const path = [...reading.path, 'connections', guest]
    if (guest === reading.slug) {
      fault(reading, path, 'not_allowed', 'an account cannot be connected to itself', 'key')
    } else if (!Object.hasOwn(reading.file.accounts, guest)) {
      const others = Object.keys(reading.file.accounts).filter((slug) => slug !== reading.slug)
      fault(reading, path, 'unknown_name', unknownName('account', guest, others), 'key')
    }

    refer(reading, [...path, 'maximum'], 'role', connection.maximum, reading.roles)
    if (boundOrganizations(reading, connection.maximum)) {
      const message = `\`${connection.maximum}\` is bound to organizations, and cannot be a maximum role`
      fault(reading, [...path, 'maximum'], 'not_allowed', message)
    }
    return {
      guest,
      maximum: connection.maximum,
      delegates: readDelegates(reading, guest, connection.delegates ?? 'everyone'),
      status: connection.status ?? 'active',
      ...readBounds(reading, path, connection),
    }
  })
}

function readDelegates(reading: AccountReading, guest: string, text: string): WorldConnection['delegates'] {
  if (text === 'everyone') return 'everyone'
  const path = [...reading.path, 'connections', guest, 'delegates']
  const accounts = reading.file.accounts
  const groups = Object.hasOwn(accounts, guest) ? Object.keys(accounts[guest]?.groups ?? {}) : []
  const group = text.startsWith('group:') ? text.slice('group:'.length) : undefined
  if (group === undefined) {
    fault(reading, path, 'wrong_form', `delegates are \`everyone\`, or \`group:<key>\` of \`${guest}\``)
  } else if (!groups.includes(group)) {
    fault(reading, path, 'unknown_name', unknownName(`group of \`${guest}\``, group, groups))
  }
  return { group: group ?? '' }
}
