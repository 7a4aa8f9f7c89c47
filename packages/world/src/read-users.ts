import { normaliseEmail } from '@keyholder/core'
import type { Path } from './fault.ts'
import { fault, type AccountReading } from './reading.ts'
import type { WorldUser } from './world.ts'

/** The people whose home the account is. */
export function readUsers(reading: AccountReading): WorldUser[] {
  return Object.entries(reading.account.users ?? {}).map(([key, { email, name, status }]) => {
    const path = [...reading.path, 'users', key]
    if (reading.homes.get(key) !== reading.slug) {
      const message = `\`${key}\` is at home in \`${reading.homes.get(key) ?? ''}\` already; a person has one home`
      fault(reading, path, 'not_unique', message, 'key')
    }
    const address = email ?? `${key}@${reading.slug}.example`
    const place =
      email === undefined
        ? { path, part: 'key' as const }
        : { path: [...path, 'email'], part: 'value' as const }
    return {
      key,
      email: readEmail(reading, key, address, place),
      name: name ?? key,
      status: status ?? 'active',
    }
  })
}

function readEmail(
  reading: AccountReading,
  key: string,
  address: string,
  { path, part }: { readonly path: Path; readonly part: 'key' | 'value' },
): string {
  const email = normaliseEmail(address)
  if (!email.ok) {
    fault(reading, path, 'wrong_form', `\`${address}\` is no e-mail address`, part)
    return address
  }
  const owner = reading.emails.get(email.value)
  if (owner !== undefined)
    fault(reading, path, 'not_unique', `\`${address}\` is the address of \`${owner}\` already`, part)
  reading.emails.set(email.value, key)
  return email.value
}
