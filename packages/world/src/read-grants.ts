import { superuserKey } from '@keyholder/core'
import type { AccountInWorldFile } from '@keyholder/contract'
import type { Path } from './fault.ts'
import { fault, readBounds, refer, type AccountReading } from './reading.ts'
import { readSubject } from './read-subject.ts'
import { superusersFirst } from './superuser.ts'
import type { WorldGrant } from './world.ts'

type GrantInFile = NonNullable<AccountInWorldFile['grants']>[number]

/** The grants of an account, those of `superuser: true` first. */
export function readGrants(reading: AccountReading): readonly WorldGrant[] {
  const grants = Object.entries(reading.account.users ?? {})
    .filter(([, user]) => user.superuser)
    .map(([key]): WorldGrant => ({ to: { kind: 'user', key }, role: superuserKey }))
  const seen = new Set(grants.map(sameness))

  reading.account.grants?.forEach((written, index) => {
    const path = [...reading.path, 'grants', index]
    const grant = readGrant(reading, path, written)
    if (seen.has(sameness(grant))) fault(reading, path, 'not_unique', 'this grant is given already')
    seen.add(sameness(grant))
    grants.push(grant)
  })
  return superusersFirst(
    Object.keys(reading.account.users ?? {}).map((key) => ({ key })),
    grants,
  )
}

function readGrant(reading: AccountReading, path: Path, written: GrantInFile): WorldGrant {
  const { role, on } = written
  const to = readSubject(reading, [...path, 'to'], written.to)
  if (on !== undefined) refer(reading, [...path, 'on'], 'organization', on, reading.organizations)
  if (role !== undefined) {
    refer(reading, [...path, 'role'], 'role', role, reading.roles)
    checkBounds(reading, [...path, 'role'], role, on)
  } else if (to.kind !== 'connection') {
    fault(reading, path, 'wrong_form', 'this grant needs a `role`; only a connection can do without')
  }
  return {
    to,
    ...(role !== undefined && { role }),
    ...(on !== undefined && { on }),
    ...readBounds(reading, path, written),
  }
}

/** A role that is bound to organizations is granted on those, and never over the whole account. */
function checkBounds(reading: AccountReading, path: Path, role: string, on?: string): void {
  const bounds = boundOrganizations(reading, role)
  if (!bounds || (on !== undefined && bounds.includes(on))) return
  const where = bounds.length === 0 ? 'no organization' : bounds.map((one) => `\`${one}\``).join(', ')
  fault(reading, path, 'not_allowed', `\`${role}\` is bound to ${where}, and is granted nowhere else`)
}

/** The organizations that a custom role is bound to. */
export function boundOrganizations({ account }: AccountReading, role: string): readonly string[] | undefined {
  return Object.hasOwn(account.roles ?? {}, role) ? account.roles?.[role]?.organizations : undefined
}

/** Two grants that are the same in this add nothing to each other. */
export function sameness({ to, role, on, startsAt, endsAt }: WorldGrant): string {
  return JSON.stringify([to, role ?? null, on ?? null, startsAt ?? null, endsAt ?? null])
}
