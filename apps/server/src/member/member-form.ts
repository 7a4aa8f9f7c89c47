import type { Person } from '@keyholder/storage'
import { momentForm } from '../http/moment-form.ts'

/** A member as the API shows them. */
export function memberForm(person: Person) {
  return {
    id: person.user,
    email: person.email,
    name: person.name ?? null,
    external_id: person.externalId ?? null,
    kind: person.kind,
    status: person.status,
    verified: person.verified,
    mfa: person.hasMfa,
    home: person.home,
    roles: person.defaults.map(({ id, role, startsAt, endsAt }) => ({
      grant: id,
      role: role ?? '',
      starts_at: momentForm(startsAt),
      ends_at: momentForm(endsAt),
    })),
    groups: [...person.groups],
    last_seen_at: person.lastSeenAt?.toISOString() ?? null,
    joined_at: person.joinedAt.toISOString(),
  }
}
